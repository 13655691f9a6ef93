#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/cases.hpp"
#include "pulsebench/report/comparison_parts.hpp"
#include "pulsebench/report/reason_text.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using compare::Comparison;
using compare::Judged;
using compare::TargetVerdict;
using compare::Verdict;
using render::CaseOutcome;

std::string suite_of(const BenchmarkInfo& info) {
  if (info.role == Role::floor) return "floors";
  return info.tier_declared ? fmt::format("tier {}", number_of(info.tier)) : "benchmarks";
}

bool loses_what_gates(const Judged& judged, const Comparison& comparison) {
  return judged.missing && judged.gates && !comparison.missing_allowed;
}

std::string verdict_word(const Judged& judged) {
  if (judged.missing) return "missing";
  if (judged.failed) return "failed";
  if (judged.skipped()) return "skipped";
  if (judged.has(compare::ReasonCode::same_code)) return "same code";
  if (judged.verdict == Verdict::regressed && judged.approved) return "regressed, approved";
  return spoken(judged.verdict);
}

CaseOutcome outcome_of(const Judged& judged, const Comparison& comparison) {
  if ((judged.fails() && judged.gates) || loses_what_gates(judged, comparison)) {
    return CaseOutcome::failed;
  }
  if (judged.failed) return CaseOutcome::broken;
  const bool open =
      judged.verdict == Verdict::inconclusive || judged.verdict == Verdict::not_judged;
  return open ? CaseOutcome::undecided : CaseOutcome::passed;
}

bool wants_attention(const Judged& judged) {
  if (judged.fails()) return !judged.gates;
  return judged.verdict == Verdict::inconclusive && judged.gates &&
         judged.info.tier == Tier::critical;
}

double level_of(const Judged& judged, const Comparison& comparison) {
  return judged.live ? judged.live->interval_level : comparison.interval_level;
}

/// "0.861 ns → 0.990 ns, +15.0 % (99 % interval +14.4 to +15.9 %), threshold 5 %".
std::string change_text(const Judged& judged, const Comparison& comparison) {
  const compare::ShownChange shown = compare::shown_change(judged);
  if (judged.shown_only() && judged.base && judged.candidate) {
    return fmt::format("{} → {}, {}, imported and not judged", render::format_cost(*judged.base),
                       render::format_cost(*judged.candidate), render::format_change(shown.change));
  }
  if (judged.verdict == Verdict::not_judged || !judged.base || !judged.candidate) return "";
  return fmt::format("{} → {}, {} ({:.0f} % interval {:+.1f} to {:+.1f} %), threshold {} %",
                     render::format_cost(*judged.base), render::format_cost(*judged.candidate),
                     render::format_change(shown.change), 100 * level_of(judged, comparison),
                     shown.low.value, shown.high.value,
                     render::format_chosen_percent(judged.threshold));
}

std::string message_of(const Judged& judged, const Comparison& comparison) {
  const std::string change = change_text(judged, comparison);
  const std::string remarks = remarks_on(judged).plain();
  return change.empty() || remarks.empty() ? change + remarks : change + "; " + remarks;
}

std::vector<render::Figure> figures_of(const Judged& judged) {
  const auto cost = [](const std::optional<Cost>& value) {
    return value ? std::optional{value->value} : std::nullopt;
  };
  const bool known = judged.verdict != Verdict::not_judged;
  const compare::ShownChange shown = compare::shown_change(judged);
  const auto percent = [&](Percent value) {
    return known ? std::optional{value.value} : std::nullopt;
  };
  const bool time = judged.info.unit() == Unit::nanoseconds;
  return {{time ? "base_ns_per_op" : "base_value", cost(judged.base)},
          {time ? "candidate_ns_per_op" : "candidate_value", cost(judged.candidate)},
          {"change_percent", percent(shown.change)},
          {"change_low_percent", percent(shown.low)},
          {"change_high_percent", percent(shown.high)},
          {"threshold_percent", judged.threshold.value},
          {"p_value", judged.p_value},
          {"launches_paired", judged.live ? std::nullopt : std::optional<double>{judged.pairs}},
          {"blocks", judged.live ? std::optional<double>{judged.live->blocks} : std::nullopt}};
}

/// Half the width of the interval of the change, of the new cost.
Cost uncertainty_of(const Judged& judged) {
  if (judged.verdict == Verdict::not_judged || !judged.candidate) return {};
  const double width = judged.change_high.value - judged.change_low.value;
  return Cost{judged.candidate->value * width / 200.0, judged.info.unit()};
}

render::Case case_of(const Judged& judged, const Comparison& comparison) {
  return {.id = judged.info.id.text(),
          .suite = suite_of(judged.info),
          .verdict = verdict_word(judged),
          .outcome = outcome_of(judged, comparison),
          .attention = wants_attention(judged),
          .message = message_of(judged, comparison),
          .seconds = judged.live ? std::optional{judged.live->seconds} : std::nullopt,
          .source = judged.info.source,
          .cost = judged.candidate,
          .uncertainty = uncertainty_of(judged),
          .figures = figures_of(judged)};
}

bool misses_target(const BenchmarkResult& result) {
  return !result.oversubscribed && compare::target_verdict(result) == TargetVerdict::missed;
}

CaseOutcome outcome_of(const BenchmarkResult& result, bool enforce_targets) {
  if (is_failure(result.outcome.status)) return CaseOutcome::broken;
  if (result.outcome.status != Status::ok) return CaseOutcome::undecided;
  return enforce_targets && misses_target(result) ? CaseOutcome::failed : CaseOutcome::passed;
}

std::string message_of(const BenchmarkResult& result) {
  if (result.outcome.status != Status::ok || !misses_target(result)) return result.outcome.reason;
  if (compare::allocates_too_much(result)) return "it allocates more than its design allows";
  return fmt::format("{}, target < {}", render::format_cost(*result.value),
                     render::format_bound(*result.target));
}

std::vector<render::Figure> figures_of(const BenchmarkResult& result) {
  const auto value = [](const auto& one) { return one ? std::optional{one->value} : std::nullopt; };
  const auto end = [&](double baseline::Interval::*which) {
    return result.interval ? std::optional{*result.interval.*which} : std::nullopt;
  };
  const bool time = result.info.unit() == Unit::nanoseconds;
  return {{time ? "median_ns_per_op" : "median_value", value(result.value)},
          {time ? "low_ns_per_op" : "low_value", end(&baseline::Interval::low)},
          {time ? "high_ns_per_op" : "high_value", end(&baseline::Interval::high)},
          {"robust_cv_percent", value(result.robust_cv)},
          {"launches", static_cast<double>(result.launches.launch.size())},
          {"target_ns_per_op", value(result.target)}};
}

render::Case case_of(const BenchmarkResult& result, bool enforce_targets) {
  const bool missed = result.outcome.status == Status::ok && misses_target(result);
  const double width = result.interval ? result.interval->high - result.interval->low : 0.0;
  return {.id = result.info.id.text(),
          .suite = suite_of(result.info),
          .verdict = result.outcome.status != Status::ok ? spoken(result.outcome.status)
                     : missed                            ? "target missed"
                                                         : "measured",
          .outcome = outcome_of(result, enforce_targets),
          .attention = missed && !enforce_targets,
          .message = message_of(result),
          .source = result.info.source,
          .cost = result.value,
          .uncertainty = Cost{width / 2.0, result.info.unit()},
          .figures = figures_of(result)};
}

}  // namespace

std::vector<render::Case> cases_of(const Comparison& comparison) {
  std::vector<render::Case> cases;
  cases.reserve(comparison.benchmarks.size());
  for (const Judged& judged : comparison.benchmarks) cases.push_back(case_of(judged, comparison));
  return cases;
}

std::vector<render::Case> cases_of(const baseline::Document& document, bool enforce_targets) {
  std::vector<render::Case> cases;
  cases.reserve(document.benchmarks.size());
  for (const BenchmarkResult& result : document.benchmarks) {
    cases.push_back(case_of(result, enforce_targets));
  }
  return cases;
}

}  // namespace pulsebench::report
