#include "pulsebench/report/comparison_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "pulsebench/compare/run_sigma.hpp"
#include "pulsebench/render/amount.hpp"
#include "pulsebench/render/display_width.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/p_value.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {

using compare::Comparison;
using compare::Judged;
using compare::Verdict;

std::string spoken(compare::RunVerdict verdict) {
  std::string name = name_of(verdict);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

render::Tone tone_of(Group::Kind kind) {
  switch (kind) {
    case Group::Kind::regressed_gating:
    case Group::Kind::failed:
      return render::Tone::bad;
    case Group::Kind::regressed:
    case Group::Kind::approved:
    case Group::Kind::inconclusive:
      return render::Tone::doubtful;
    case Group::Kind::improved:
    case Group::Kind::unchanged:
      return render::Tone::good;
    case Group::Kind::not_judged:
      return render::Tone::quiet;
  }
  return render::Tone::plain;
}

render::Text mark_of(Group::Kind kind, const render::Style& style) {
  const render::Glyphs& glyph = render::glyphs(style);
  switch (kind) {
    case Group::Kind::regressed_gating:
    case Group::Kind::failed:
      return {std::string{glyph.missed}, tone_of(kind)};
    case Group::Kind::regressed:
    case Group::Kind::approved:
      return {std::string{glyph.attention}, tone_of(kind)};
    case Group::Kind::improved:
    case Group::Kind::unchanged:
      return {std::string{glyph.met}, tone_of(kind)};
    case Group::Kind::inconclusive:
    case Group::Kind::not_judged:
      return {std::string{glyph.unsure}, tone_of(kind)};
  }
  return {};
}

std::pair<std::string, std::string> side_names(const Comparison& comparison,
                                               const render::Style& style) {
  std::string base = printable(comparison.base_name);
  std::string candidate = printable(comparison.candidate_name);
  const int room = style.width < render::kWide ? 10 : 18;
  const bool fits = render::display_width(base) <= room && render::display_width(candidate) <= room;
  if (!fits || base.empty() || candidate.empty() || base == candidate) return {"old", "new"};
  return {base, candidate};
}

std::string tier_of(const Judged& judged) {
  return judged.info.role == Role::floor ? "floor" : std::to_string(number_of(judged.info.tier));
}

std::string interval_of(const Judged& judged, const render::Style& style) {
  const double low = judged.change_low.value, high = judged.change_high.value;
  if (style.width < render::kWide) {
    return fmt::format("{:.1f}", std::max(high - judged.change.value, judged.change.value - low));
  }
  return fmt::format("{:+.1f} to {:+.1f}", low, high);
}

std::string approval_of(const compare::Approved& approved) {
  const std::string by = approved.by.empty() ? "" : " by " + printable(approved.by, 60);
  const std::string until =
      approved.until.empty() ? "" : ", until " + printable(approved.until, 10);
  return fmt::format("approved{} on {}, up to {}{}: {}", by, printable(approved.on, 10),
                     render::format_change(approved.up_to), until, printable(approved.reason, 400));
}

std::string remarks_on(const Judged& judged) {
  if (judged.verdict == Verdict::unchanged) return "";
  std::vector<std::string> remarks;
  if (judged.approved) remarks.push_back(approval_of(*judged.approved));
  if (std::string sure = describe_p_value(judged); !sure.empty()) {
    remarks.push_back(std::move(sure));
  }
  if (judged.live && judged.live->blocks > 0) {
    remarks.push_back((judged.confirmed_live() ? "confirmed live: " : "") +
                      render::format_count(judged.live->blocks, "block", "blocks") + " in " +
                      render::format_duration(judged.live->seconds));
    if (judged.confirmed_live()) {
      remarks.back() += fmt::format(", {:.0f} % interval", 100 * judged.live->interval_level);
    }
    if (!judged.live->guard.empty()) remarks.push_back("seen by: " + judged.live->guard);
  } else if (judged.verdict != Verdict::not_judged) {
    if (judged.verdict != Verdict::improved) remarks.push_back(fmt::format("z {:.1f}", judged.z));
    remarks.push_back(render::format_count(judged.pairs, "launch", "launches") + " paired");
  }
  if (const std::string rate = throughput_of(judged); !rate.empty()) remarks.push_back(rate);
  if (judged.layout_suspect) remarks.emplace_back("layout suspect");
  if (const std::string why = describe_reasons(judged.reasons); !why.empty()) {
    remarks.push_back(printable(why, 400));
  }
  return fmt::format("{}", fmt::join(remarks, "; "));
}

std::string throughput_of(const Judged& judged) {
  const auto& [base_bytes, base_items] = judged.base_processed;
  const auto& [bytes, items] = judged.candidate_processed;
  const int threads = judged.info.threads;
  std::vector<std::string> parts;
  const auto say = [&](const std::optional<double>& before, const std::optional<double>& after,
                       render::Amount (*unit)(double)) {
    if (!before || !after || !judged.base || !judged.candidate) return;
    parts.push_back(fmt::format("{} -> {}",
                                unit(per_second(*before, *judged.base, threads)).per_second(),
                                unit(per_second(*after, *judged.candidate, threads)).per_second()));
  };
  say(base_bytes, bytes, &render::Amount::of_bytes);
  say(base_items, items, &render::Amount::of_items);
  return fmt::format("{}", fmt::join(parts, ", "));
}

bool is_shown(Group::Kind kind, Rows rows) {
  switch (kind) {
    case Group::Kind::regressed_gating:
    case Group::Kind::regressed:
    case Group::Kind::approved:
    case Group::Kind::improved:
    case Group::Kind::failed:
      return true;
    case Group::Kind::inconclusive:
    case Group::Kind::not_judged:
      return rows != Rows::only_changed;
    case Group::Kind::unchanged:
      return rows == Rows::all;
  }
  return true;
}

std::string left_out(const std::vector<Group>& groups, Rows rows) {
  std::vector<std::string> parts;
  for (const Group& group : groups) {
    if (is_shown(group.kind, rows)) continue;
    parts.push_back(fmt::format("{} {}",
                                render::format_count(static_cast<long long>(group.members.size())),
                                title_of(group.kind)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<std::string> settled_live(const Comparison& comparison) {
  std::map<std::string, long long> verdicts, reasons;
  long long settled = 0;
  double seconds = 0.0;
  for (const Judged& judged : comparison.benchmarks) {
    if (judged.unconfirmed) ++reasons[describe_reason(*judged.unconfirmed)];
    if (!judged.confirmed_live()) continue;
    ++settled;
    seconds += judged.live->seconds;
    ++verdicts[name_of(judged.verdict)];
  }
  std::vector<std::string> lines;
  if (settled > 0) {
    std::vector<std::string> parts;
    for (const auto& [verdict, number] : verdicts) {
      parts.push_back(fmt::format("{} {}", render::format_count(number), verdict));
    }
    lines.push_back(fmt::format("{} measured again, live, in {}: {}",
                                render::format_count(settled, "suspect was", "suspects were"),
                                render::format_duration(seconds), fmt::join(parts, ", ")));
  }
  for (const auto& [why, number] : reasons) {
    lines.push_back(fmt::format("{} not measured again: {}",
                                render::format_count(number, "suspect was", "suspects were"),
                                printable(why, 400)));
  }
  return lines;
}

std::string source_of_spread(const Comparison& comparison) {
  int learnt = 0, judged = 0, runs = 0;
  for (const Judged& one : comparison.benchmarks) {
    if (!one.run_sigma) continue;
    ++judged;
    learnt += one.run_sigma->runs > 0 ? 1 : 0;
    runs = std::max(runs, one.run_sigma->runs);
  }
  if (judged == 0) return "";
  if (learnt == 0) {
    return fmt::format("spread between runs: the default; {} kept runs of one build teach it",
                       compare::kFewestRunsToLearn);
  }
  const std::string others =
      learnt == judged ? ""
                       : fmt::format(" for {} of {} benchmarks, else the default", learnt, judged);
  return fmt::format("spread between runs: learnt from {} runs{}", runs, others);
}

std::string layout_doubt(const Comparison& comparison) {
  const bool any = std::any_of(comparison.benchmarks.begin(), comparison.benchmarks.end(),
                               [](const Judged& judged) { return judged.layout_suspect; });
  if (!any) return "";
  return "layout suspect: the builds do not say that they align code, and where it lies alone can "
         "move a benchmark; build both with -falign-functions=64 -falign-loops=64";
}

std::string correction(const Comparison& comparison) {
  return fmt::format(
      "the clock of the machine moved by {} between the two runs; the changes are corrected for it",
      render::format_change(Percent{comparison.reference_shift_percent}));
}

}  // namespace pulsebench::report
