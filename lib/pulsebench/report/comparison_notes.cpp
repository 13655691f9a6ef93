#include "pulsebench/report/comparison_parts.hpp"
#include "pulsebench/report/explanation_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/compare/run_sigma.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::ReasonCode;
using compare::Verdict;

/// "approved by A. N. on 2026-01-31, up to +20.8 %: the new check is worth it".
std::string approval_of(const compare::Approved& approved) {
  const std::string by = approved.by.empty() ? "" : " by " + printable(approved.by, 60);
  const std::string until =
      approved.until.empty() ? "" : ", until " + printable(approved.until, 10);
  return fmt::format("approved{} on {}, up to {}{}: {}", by, printable(approved.on, 10),
                     render::format_change(approved.up_to), until, printable(approved.reason, 400));
}

/// Throughput before and after, where both sides know it: "118 MiB/s → 101 MiB/s"; else empty.
std::string throughput_of(const Judged& judged) {
  const auto& [base_bytes, base_items] = judged.base_processed;
  const auto& [bytes, items] = judged.candidate_processed;
  const int threads = judged.info.threads;
  std::vector<std::string> parts;
  const auto say = [&](const std::optional<double>& before, const std::optional<double>& after,
                       render::Amount (*unit)(double)) {
    if (!before || !after || !judged.base || !judged.candidate) return;
    parts.push_back(fmt::format("{} → {}",
                                unit(per_second(*before, *judged.base, threads)).per_second(),
                                unit(per_second(*after, *judged.candidate, threads)).per_second()));
  };
  say(base_bytes, bytes, &render::Amount::of_bytes);
  say(base_items, items, &render::Amount::of_items);
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// What was measured again because two stored results left it in doubt: how many, how long, and the
/// verdicts; and what was not, and why, a line a reason. Empty where nothing was in doubt.
std::vector<std::string> settled_live(const Comparison& comparison) {
  std::map<std::string, long long> verdicts, reasons;
  long long settled = 0;
  double seconds = 0.0;
  for (const Judged& judged : comparison.benchmarks) {
    if (judged.unconfirmed) ++reasons[describe_reason(*judged.unconfirmed)];
    if (!judged.confirmed_live()) continue;
    ++settled;
    seconds += judged.live->seconds;
    ++verdicts[std::string{name_of(judged.verdict)}];
  }
  std::vector<std::string> lines;
  if (settled > 0) {
    std::vector<std::string> parts;
    for (const auto& [verdict, number] : verdicts) {
      parts.push_back(fmt::format("{} {}", render::format_count(number), verdict));
    }
    lines.push_back(fmt::format("{} re-measured live in {}: {}",
                                render::format_count(settled, "suspect was", "suspects were"),
                                render::format_duration(seconds), fmt::join(parts, ", ")));
  }
  for (const auto& [why, number] : reasons) {
    lines.push_back(fmt::format("{} not re-measured: {}",
                                render::format_count(number, "suspect was", "suspects were"),
                                printable(why, 400)));
  }
  return lines;
}

/// How far two runs of one build lie apart, by which stored results are judged. Empty where none
/// was used.
std::string source_of_noise(const Comparison& comparison) {
  int measured = 0, judged = 0, runs = 0;
  for (const Judged& one : comparison.benchmarks) {
    if (!one.run_sigma) continue;
    ++judged;
    measured += one.run_sigma->runs > 0 ? 1 : 0;
    runs = std::max(runs, one.run_sigma->runs);
  }
  if (judged == 0) return "";
  if (measured == 0) {
    return fmt::format("run-to-run noise: assumed (measured once {} runs of one build are kept)",
                       compare::kFewestRunsToLearn);
  }
  const std::string others =
      measured == judged
          ? ""
          : fmt::format(" for {} of {} benchmarks, assumed for the others", measured, judged);
  return fmt::format("run-to-run noise: measured in {} runs{}", runs, others);
}

/// "5 of 60 benchmarks execute what changed; 55 have the same code, of which 3 were measured as
/// controls and moved by -0.1 to +0.4 %". Empty where nobody asked.
std::string reach_of_change(const Comparison& comparison) {
  std::vector<double> moved;
  std::ptrdiff_t executing = 0, controls = 0, left_out = 0;
  for (const Judged& one : comparison.benchmarks) {
    executing += one.has(ReasonCode::executes_change) ? 1 : 0;
    left_out += one.has(ReasonCode::same_code) ? 1 : 0;
    if (!one.has(ReasonCode::control)) continue;
    ++controls;
    if (one.verdict != Verdict::not_judged)
      moved.push_back(compare::shown_change(one).change.value);
  }
  if (executing + controls + left_out == 0) return "";
  std::string line =
      fmt::format("{} of {} {} what changed", render::format_count(executing),
                  render::format_count(static_cast<long long>(comparison.benchmarks.size()),
                                       "benchmark", "benchmarks"),
                  executing == 1 ? "executes" : "execute");
  if (controls == 0) return line;
  line += fmt::format("; {} {} the same code, of which {} {} measured as {}",
                      render::format_count(controls + left_out),
                      controls + left_out == 1 ? "has" : "have", render::format_count(controls),
                      controls == 1 ? "was" : "were", controls == 1 ? "a control" : "controls");
  if (moved.empty()) return line;
  const auto [least, most] = std::ranges::minmax(moved);
  return line + fmt::format(" and moved by {:+.1f} to {:+.1f} %", least, most);
}

bool any_layout_suspect(const Comparison& comparison) {
  return std::ranges::any_of(comparison.benchmarks, &Judged::layout_suspect);
}

render::Text joined(const std::vector<std::string>& remarks) {
  render::Text text;
  for (const std::string& remark : remarks) {
    if (remark.empty()) continue;
    text.add(text.empty() ? "" : "; ", render::Tone::quiet).add(remark, render::Tone::quiet);
  }
  return text;
}

}  // namespace

render::Text remarks_on(const Judged& judged) {
  std::vector<std::string> remarks;
  if (!judged.base_id.empty()) {
    remarks.push_back("compared with " + printable(judged.base_id, 200));
  }
  if (judged.verdict == Verdict::unchanged || judged.shown_only()) return joined(remarks);
  if (judged.approved) remarks.push_back(approval_of(*judged.approved));
  remarks.push_back(describe_explanation(judged));
  if (judged.confirmed_live()) remarks.emplace_back("confirmed live");
  remarks.push_back(describe_p_value(judged));
  if (judged.layout_suspect) remarks.emplace_back("layout suspect");
  remarks.push_back(printable(describe_reasons(judged.reasons), 400));
  return joined(remarks);
}

render::Text details_on(const Judged& judged) {
  if (judged.verdict == Verdict::unchanged) return {};
  std::vector<std::string> details;
  if (judged.live && judged.live->blocks > 0) {
    details.push_back(fmt::format(
        "{} in {}, {:.0f} % interval", render::format_count(judged.live->blocks, "block", "blocks"),
        render::format_duration(judged.live->seconds), 100 * judged.live->interval_level));
    if (!judged.live->guard.empty()) details.push_back("seen by: " + judged.live->guard);
  } else if (judged.verdict != Verdict::not_judged) {
    details.push_back(fmt::format("z {:.1f}", judged.z));
    details.push_back(render::format_count(judged.pairs, "launch", "launches") + " paired");
  }
  details.push_back(throughput_of(judged));
  return joined(details);
}

std::vector<render::Block> comparison_notes(const Comparison& comparison) {
  std::vector<render::Block> notes;
  const auto paragraph = [&](render::Text text) {
    if (!text.empty()) notes.emplace_back(render::Paragraph{{std::move(text)}});
  };
  paragraph(reach_of_change(comparison));
  if (comparison.normalised) {
    paragraph(
        fmt::format("the machine's clock moved by {} between the two runs; the changes are "
                    "corrected for it",
                    render::format_change(Percent{comparison.reference_shift_percent})));
  }
  for (const std::string& line : settled_live(comparison)) paragraph(line);
  paragraph({source_of_noise(comparison), render::Tone::quiet});
  if (comparison.seed) paragraph({fmt::format("seed {}", *comparison.seed), render::Tone::quiet});
  if (any_layout_suspect(comparison)) {
    notes.emplace_back(render::Note{
        render::Mark::attention,
        "layout suspect: code layout may explain the change, because the builds do not report "
        "aligned code; rebuild both with -falign-functions=64 -falign-loops=64"});
  }
  for (const compare::Reason& warning : comparison.warnings) {
    notes.emplace_back(render::Note{render::Mark::attention, describe_reason(warning)});
  }
  return notes;
}

}  // namespace pulsebench::report
