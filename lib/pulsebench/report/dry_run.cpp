#include "pulsebench/report/dry_run.hpp"

#include <fmt/format.h>

#include <numeric>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

std::string tiers_text(const std::vector<PlannedTier>& tiers, const render::Style& style) {
  render::TextTable table{{{.header = "tier"},
                           {.header = "benchmarks", .align = render::Align::right},
                           {.header = "launches each", .align = render::Align::right},
                           {.header = "slices each", .align = render::Align::right}}};
  for (const PlannedTier& tier : tiers) {
    table.row({fmt::format("{} {}", number_of(tier.tier), title_of(tier.tier)),
               render::format_count(tier.benchmarks), render::format_count(tier.launches),
               fmt::format("{}", render::format_count(static_cast<long long>(tier.launches) *
                                                      tier.slices))});
  }
  return table.plain(style);
}

std::string settings_text(const PlannedRun& plan, const render::Style& style) {
  render::TextTable table{{{.header = ""}, {.header = ""}}};
  const auto setting = [&](const char* name, const std::string& value) {
    if (!value.empty()) table.spanning_row({render::Text{name, render::Tone::quiet}, value});
  };
  setting("preset", printable(plan.preset));
  setting("seed", fmt::format("{}", plan.seed));
  setting("cpu", printable(plan.cpu));
  setting("batches", plan.like.empty() ? "calibrated first" : "as in " + printable(plan.like));
  for (std::size_t i = 0; i < plan.suites.size(); ++i) {
    table.spanning_row(
        {render::Text{i == 0 ? "suites" : "", render::Tone::quiet}, printable(plan.suites[i])});
  }
  return table.plain(style);
}

}  // namespace

std::string dry_run_text(const PlannedRun& plan, const render::Style& style) {
  long long benchmarks = 0, launches = 0;
  for (const PlannedTier& tier : plan.tiers) {
    benchmarks += tier.benchmarks;
    launches += static_cast<long long>(tier.benchmarks) * tier.launches;
  }
  if (benchmarks == 0) return "would measure nothing: no benchmark was chosen\n";
  std::string text = fmt::format("would measure {} in {}, about {}; nothing was run\n\n",
                                 render::format_count(benchmarks, "benchmark", "benchmarks"),
                                 render::format_count(launches, "launch", "launches"),
                                 render::format_duration(plan.estimated_seconds));
  text += tiers_text(plan.tiers, style) + "\n" + settings_text(plan, style);
  std::string notes;
  for (const std::string& note : plan.notes) {
    notes += render::painted(render::glyphs(style).attention, render::Tone::doubtful, style) + " " +
             printable(note, 400) + "\n";
  }
  if (!plan.next_command.empty()) notes += "next: " + plan.next_command + "\n";
  return notes.empty() ? text : text + "\n" + notes;
}

}  // namespace pulsebench::report
