#include "pulsebench/report/evidence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/report/run_notes.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using compare::Judged;
using render::Evidence;

/// Facts in order; one without a value is left out.
class Facts {
 public:
  void add(const char* name, const std::string& value) {
    if (!value.empty()) facts_.push_back({name, render::Text{value}});
  }
  std::vector<render::Fact> take() && { return std::move(facts_); }

 private:
  std::vector<render::Fact> facts_;
};

render::LaunchesOfSide launches_of(const BenchmarkResult& result) {
  render::LaunchesOfSide side{.ns = result.launches.p25, .cost = result.value};
  if (result.interval) {
    side.range = {Cost{result.interval->low, result.info.unit()},
                  Cost{result.interval->high, result.info.unit()}};
  }
  return side;
}

/// "20 launches, 1,000 slices, 2.5 % disturbed".
std::string measured_in(const BenchmarkResult& result) {
  const Disturbance all = disturbance_of({&result, 1});
  std::string text = render::format_count(all.launches, "launch", "launches");
  if (all.launches < result.launches_asked) {
    text += fmt::format(" of {}", result.launches_asked);
  }
  text += ", " + render::format_count(all.slices, "slice", "slices");
  return all.disturbed == 0
             ? text
             : text + fmt::format(", {} % disturbed", render::format_percent(all.share()));
}

/// "1 % preempted, more tasks than CPUs in 3 of 20 launches".
std::string disturbed_by(const BenchmarkResult& result) {
  return fmt::format("{}", fmt::join(disturbance_of({&result, 1}).causes(), ", "));
}

/// "0.812 ns, 99 % interval 0.811–0.813, noise 0.3 %".
std::string cost_of(const BenchmarkResult& result) {
  if (!result.value) return spoken(result.outcome.status);
  std::string text = render::format_cost(*result.value);
  if (result.interval) {
    text += fmt::format(", interval {}",
                        render::format_range(Cost{result.interval->low},
                                             Cost{result.interval->high}, *result.value));
  }
  if (result.robust_cv) {
    text += fmt::format(", noise {} %", render::format_percent(*result.robust_cv));
  }
  return text;
}

std::string target_text(const BenchmarkResult& result) {
  if (!result.target) return {};
  const char* verdict = "cannot be told";
  switch (compare::target_verdict(result)) {
    case compare::TargetVerdict::met:
      verdict = "met";
      break;
    case compare::TargetVerdict::missed:
      verdict = "missed";
      break;
    default:
      break;
  }
  return fmt::format("< {}: {}", render::format_bound(*result.target), verdict);
}

std::string counters_text(const BenchmarkResult& result) {
  std::vector<std::string> parts;
  for (const Counter& counter : result.counters) {
    if (!counter.per_op) continue;
    parts.push_back(fmt::format("{} {}", printable(counter.name),
                                render::format_per_operation(*counter.per_op)));
  }
  if (result.exact && result.exact->instructions_per_op) {
    parts.push_back(fmt::format("instructions {} by {}",
                                render::format_per_operation(*result.exact->instructions_per_op),
                                printable(result.exact->by)));
  }
  if (result.allocations && result.allocations->per_op) {
    parts.push_back("allocations " + render::format_per_operation(*result.allocations->per_op));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// Why nothing was counted, each reason once: an absence has a reason.
std::string not_counted_text(const BenchmarkResult& result) {
  std::map<std::string, std::vector<std::string>> names;
  for (const Counter& counter : result.counters) {
    if (!counter.per_op) names[printable(counter.reason, 300)].push_back(printable(counter.name));
  }
  if (result.exact && !result.exact->instructions_per_op) {
    names[printable(result.exact->reason, 300)].emplace_back("instructions");
  }
  if (result.allocations && !result.allocations->per_op) {
    names[printable(result.allocations->reason, 300)].emplace_back("allocations");
  }
  std::vector<std::string> parts;
  for (const auto& [why, which] : names) {
    parts.push_back(fmt::format("{}: {}", fmt::join(which, ", "), why));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string latency_text(const BenchmarkResult& result) {
  if (!result.latency) return {};
  const baseline::Latency& latency = *result.latency;
  return fmt::format(
      "p50 {}, p90 {}, p99 {}, p99.9 {}, longest {}", render::format_cost(Cost{latency.p50}),
      render::format_cost(Cost{latency.p90}), render::format_cost(Cost{latency.p99}),
      render::format_cost(Cost{latency.p99_9}), render::format_cost(Cost{latency.longest}));
}

/// "+15.0 %, 99 % interval +14.4 to +15.9 %; threshold 5 %".
std::string change_text(const Judged& judged, double interval_level) {
  const double level = judged.live ? judged.live->interval_level : interval_level;
  const compare::ShownChange shown = compare::shown_change(judged);
  return fmt::format("{}, {:.0f} % interval {:+.1f} to {:+.1f} %; threshold {} %",
                     render::format_change(shown.change), 100.0 * level, shown.low.value,
                     shown.high.value, render::format_chosen_percent(judged.threshold));
}

std::string counts_text(const Judged& judged) {
  std::vector<std::string> parts;
  for (const compare::CountChange& count : judged.counts) {
    parts.push_back(fmt::format("{} {} → {}", printable(count.name),
                                render::format_per_operation(count.base),
                                render::format_per_operation(count.candidate)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// Launches of one number have the same memory layout.
std::vector<double> paired_changes(const BenchmarkResult& base, const BenchmarkResult& candidate) {
  std::map<int, double> costs;
  for (std::size_t i = 0; i < base.launches.launch.size() && i < base.launches.p25.size(); ++i) {
    costs[base.launches.launch[i]] = base.launches.p25[i];
  }
  std::vector<double> changes;
  for (std::size_t i = 0; i < candidate.launches.launch.size() && i < candidate.launches.p25.size();
       ++i) {
    const auto found = costs.find(candidate.launches.launch[i]);
    if (found == costs.end() || found->second <= 0.0) continue;
    changes.push_back(100.0 * (candidate.launches.p25[i] / found->second - 1.0));
  }
  return changes;
}

void add_launches(Evidence& evidence, const BenchmarkResult* base,
                  const BenchmarkResult* candidate) {
  render::LaunchStrip strip;
  render::Distribution slices;
  for (const BenchmarkResult* side : {base, candidate}) {
    if (side == nullptr || !side->value) continue;
    strip.sides.push_back(launches_of(*side));
    slices.sides.push_back(side->quantiles);
  }
  if (strip.sides.empty()) return;
  if (candidate != nullptr) strip.target = candidate->target;
  evidence.charts.emplace_back(std::move(strip));
  if (!slices.sides.front().empty()) evidence.charts.emplace_back(std::move(slices));
}

/// The blocks of a live comparison, else the pairs of launches of two results.
void add_pairs(Evidence& evidence, const Judged& judged, const BenchmarkResult* base,
               const BenchmarkResult* candidate) {
  if (judged.verdict == compare::Verdict::not_judged) return;
  render::PairedChanges pairs{.of = "launch",
                              .low = judged.change_low,
                              .high = judged.change_high,
                              .threshold = judged.threshold};
  if (judged.live && !judged.live->changes.empty()) {
    pairs.of = "block";
    for (const compare::BlockChange& change : judged.live->changes) {
      pairs.percent.push_back(100.0 * std::expm1(change.low_quantile));
      pairs.means.push_back(100.0 * std::expm1(change.mean));
    }
  } else if (base != nullptr && candidate != nullptr) {
    pairs.percent = paired_changes(*base, *candidate);
  }
  if (!pairs.percent.empty()) evidence.charts.emplace_back(std::move(pairs));
}

}  // namespace

Evidence evidence_of(const BenchmarkResult& result) {
  Evidence evidence;
  if (result.value) {
    evidence.charts.emplace_back(
        render::LaunchStrip{.sides = {launches_of(result)}, .target = result.target});
    if (!result.quantiles.empty()) {
      evidence.charts.emplace_back(render::Distribution{.sides = {result.quantiles}});
    }
  }
  Facts facts;
  facts.add("cost", cost_of(result));
  facts.add("why", printable(result.outcome.reason, 400));
  facts.add("measured in", measured_in(result));
  facts.add("disturbed by", disturbed_by(result));
  facts.add("target", target_text(result));
  facts.add("counted", counters_text(result));
  facts.add("not counted", not_counted_text(result));
  facts.add("latency", latency_text(result));
  if (result.batching.operations > 0) {
    facts.add("operations a slice",
              render::format_count(static_cast<long long>(result.batching.operations)));
  }
  if (result.info.threads > 1) facts.add("threads", std::to_string(result.info.threads));
  facts.add("says of itself", printable(result.label, 400));
  facts.add("suite", printable(result.suite));
  evidence.facts = std::move(facts).take();
  return evidence;
}

Evidence evidence_of(const Judged& judged, double interval_level, const BenchmarkResult* base,
                     const BenchmarkResult* candidate) {
  Evidence evidence;
  add_pairs(evidence, judged, base, candidate);
  add_launches(evidence, base, candidate);
  Facts facts;
  if (judged.verdict != compare::Verdict::not_judged) {
    facts.add("change", change_text(judged, interval_level));
  }
  if (judged.verdict != compare::Verdict::unchanged) {
    facts.add("probability", describe_p_value(judged));
  }
  if (judged.live && judged.live->blocks > 0) {
    facts.add("blocks",
              fmt::format("{} in {}{}", judged.live->blocks,
                          render::format_duration(judged.live->seconds),
                          judged.live->guard.empty() ? "" : "; seen by: " + judged.live->guard));
  }
  for (const auto& [name, side] : {std::pair{"old", base}, {"new", candidate}}) {
    if (side == nullptr) continue;
    facts.add(name, fmt::format("{}; {}", cost_of(*side), measured_in(*side)));
  }
  if (candidate != nullptr) facts.add("target", target_text(*candidate));
  facts.add("counts an operation", counts_text(judged));
  if (judged.verdict == compare::Verdict::unchanged) {  // else it stands below the row
    facts.add("seen", printable(describe_reasons(judged.reasons), 400));
  }
  evidence.facts = std::move(facts).take();
  return evidence;
}

}  // namespace pulsebench::report
