#include "pulsebench/report/profile_parts.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "pulsebench/profile/flame_svg.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using render::Mark;

constexpr double kWorthSaying = 0.02;  // of the samples

/// Debian's package for the one library whose names nearly every profile needs.
std::string package_for(const std::string& file_name) {
  if (file_name.starts_with("libc.so") || file_name.starts_with("libm.so") ||
      file_name.starts_with("ld-linux")) {
    return "libc6-dbg on Debian";
  }
  return "its package of debugging symbols";
}

std::string launches_text(const profile::CpuProfile& profile) {
  const auto count = static_cast<long long>(profile.launches.size());
  switch (profile.operation) {
    case profile::Operation::run:
      return render::format_count(count, "run", "runs");
    case profile::Operation::request:
      return render::format_count(count, "burst of requests", "bursts of requests");
    case profile::Operation::operation:
      break;
  }
  return render::format_count(count, "process", "processes");
}

std::string percent_text(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

}  // namespace

std::string operation_text(profile::Operation operation) {
  return fmt::format("{} {}", operation == profile::Operation::operation ? "an" : "a",
                     name_of(operation));
}

std::string frame_place(const profile::Frame& frame) {
  if (frame.file.empty() || frame.line == 0) return {};
  return fmt::format("{}:{}", std::filesystem::path{frame.file}.filename().string(), frame.line);
}

void add_sampling_notes(const profile::CpuProfile& profile, render::Page& page) {
  const auto note = [&](Mark mark, const std::string& text) {
    page.blocks.emplace_back(render::Note{.mark = mark, .text = {printable(text, 400)}});
  };
  if (profile.lost > 0 || profile.throttled > 0) {
    note(Mark::attention,
         fmt::format("{} samples were lost, and the kernel stopped sampling {} times; a lower "
                     "--rate gets all",
                     profile.lost, profile.throttled));
  }
  const double seen = static_cast<double>(profile.samples() + profile.outside());
  const double unseen = profile.expected() > 0.0 ? 1.0 - seen / profile.expected() : 0.0;
  if (profile.lost == 0 && profile.throttled == 0 && unseen >= kWorthSaying) {
    note(Mark::attention,
         fmt::format("{} of the samples did not come: time in the kernel, or waiting, is not seen",
                     percent_text(unseen)));
  }
  const double cut = seen > 0.0 ? static_cast<double>(profile.truncated()) / seen : 0.0;
  if (cut >= kWorthSaying) {
    note(Mark::attention,
         fmt::format("the stacks of {} of the samples end too early{}", percent_text(cut),
                     is_of_program(profile) ? ": their outer callers are unknown" : " to be used"));
  }
  for (const std::string& what : profile.unseen) note(Mark::attention, what);
  for (const profile::UnnamedFile& file : profile.unnamed_files) {
    const std::string name = std::filesystem::path{file.path}.filename().string();
    if (name.starts_with('[')) continue;
    note(Mark::none,
         fmt::format("functions of {} have no names: install {} (build id {})", name,
                     package_for(name), file.build_id.empty() ? "none" : file.build_id));
  }
}

render::Paragraph about_samples(const profile::CpuProfile& profile) {
  render::Paragraph paragraph;
  paragraph.items.emplace_back(fmt::format(
      "{} by {} in {}",
      render::format_count(static_cast<long long>(profile.samples()), "sample", "samples"),
      profile.by == "perf" ? "perf events" : "a timer", launches_text(profile)));
  if (!profile.refused.empty()) paragraph.items.emplace_back(printable(profile.refused, 200));
  if (profile.outside() > 0) {
    paragraph.items.emplace_back(
        render::format_count(static_cast<long long>(profile.outside()), "sample", "samples") +
        " outside of the operation");
  }
  return paragraph;
}

std::string flame_graph(const profile::CpuProfile& profile, bool with_script) {
  const auto all = static_cast<double>(profile.samples());
  const double cost = profile.cost().value;
  const profile::FlameStyle style{
      .title = fmt::format("{}: {}, {:.0f} samples", profile.benchmark,
                           render::format_cost(profile.cost()), all),
      .weight =
          [all, cost](const profile::TreeNode& node) {
            return fmt::format("{:.0f} samples, {:.1f} %, {}", node.total, 100.0 * node.total / all,
                               render::format_cost(Cost{cost * node.total / all}));
          },
      .fill = {},
      .with_script = with_script};
  return profile::flame_svg(tree_of(profile.frames, profile.launches, /*inlined=*/true), style);
}

}  // namespace pulsebench::report
