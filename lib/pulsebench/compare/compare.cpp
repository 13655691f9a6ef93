#include "pulsebench/compare/compare.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <vector>

#include "pulsebench/compare/counts.hpp"
#include "pulsebench/compare/decision.hpp"
#include "pulsebench/compare/gate.hpp"
#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/compare/pairing.hpp"
#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/compare/warnings.hpp"
#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::compare {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

constexpr double kClockWorthTelling = 0.01;  // of the clock; less is corrected without a word
/// Code follows the clock, but for what waits for memory or a device: the standard deviation of the
/// part of a shift by which the correction is wrong.
constexpr double kClockDoubt = 1.0 / 3.0;
constexpr double kRunSigma = 0.005;  // between two runs of the same code, of ln ns
constexpr double kContendedRunSigma = 0.05;
constexpr double kLeastRunSigma = 0.003;  // what few runs agree on by luck is not believed

/// One benchmark on its way through: what it pairs to, and what is said of it so far.
struct Case {
  Judged judged;
  const BenchmarkResult* base = nullptr;
  const BenchmarkResult* candidate = nullptr;
  std::vector<PairedLaunch> pairs = {};
};

RunSigma run_sigma_of(const BenchmarkInfo& info, const Context& context) {
  const auto learnt = context.run_sigma.find(info.id);
  if (learnt != context.run_sigma.end()) {
    return {std::max(learnt->second.deviation, kLeastRunSigma), learnt->second.runs};
  }
  const bool contended = info.tier == Tier::concurrent || info.threads > 1;
  return {contended ? kContendedRunSigma : kRunSigma, 0};
}

/// What all benchmarks of a comparison are judged by.
struct Rules {
  const config::Config& config;
  const Context& context;
  std::optional<int> cpus;  ///< of the machine of the candidate
  bool imported = false;    ///< another tool measured a side: nothing gates

  [[nodiscard]] Gate gate(const BenchmarkInfo& info) const {
    Gate gate = gate_of(info, config, cpus);
    gate.gates = gate.gates && !imported;
    return gate;
  }
};

Judged begin_judging(const BenchmarkInfo& info, const Rules& rules) {
  const Gate gate = rules.gate(info);
  return {.info = info,
          .gates = gate.gates,
          .oversubscribed = gate.oversubscribed,
          .threshold = gate.threshold};
}

Case one_sided(const BenchmarkResult& only, bool is_new, const Rules& rules) {
  Case found{.judged = begin_judging(only.info, rules)};
  (is_new ? found.judged.candidate : found.judged.base) = only.value;
  found.judged.missing = !is_new;
  found.judged.reasons = {{.code = is_new ? ReasonCode::new_benchmark : ReasonCode::missing}};
  if (is_new && only.outcome.status != Status::ok) {
    found.judged.reasons.push_back(no_measurement(Side::new_side, only.outcome));
    found.judged.failed = is_failure(only.outcome.status);
  }
  return found;
}

Case two_sided(const BenchmarkResult& base, const BenchmarkResult& candidate, const Rules& rules) {
  Case found{
      .judged = begin_judging(candidate.info, rules), .base = &base, .candidate = &candidate};
  // Also where the machine has the CPUs, and the run was not allowed them.
  if (base.oversubscribed || candidate.oversubscribed) {
    found.judged.oversubscribed = true;
    found.judged.gates = false;
  }
  found.judged.base = base.value;
  found.judged.candidate = candidate.value;
  found.judged.disturbed_percent_base = disturbed_percent(base.launches);
  found.judged.disturbed_percent_candidate = disturbed_percent(candidate.launches);
  const bool lost = base.outcome.status == Status::ok && candidate.outcome.status != Status::ok;
  found.judged.failed = lost || is_failure(candidate.outcome.status);
  found.pairs = paired_launches(base.launches, candidate.launches, candidate.info);
  found.judged.pairs = static_cast<int>(found.pairs.size());
  const bool both_measured =
      base.value && candidate.value && !lost && candidate.outcome.status == Status::ok;
  if (rules.imported && both_measured) {
    found.judged.change = percent_of_log(
        oriented_log_ratio(base.value->value, candidate.value->value, candidate.info));
    found.judged.reasons.push_back({.code = ReasonCode::imported});
  } else if (auto why = why_not_judged(base, candidate, found.judged.pairs)) {
    found.judged.reasons.push_back(*std::move(why));
  }
  return found;
}

bool is_judged(const Case& found) { return found.base != nullptr && found.judged.reasons.empty(); }

std::vector<Case> match(const Document& base, const Document& candidate, const Rules& rules) {
  std::unordered_map<BenchmarkId, const BenchmarkResult*> before;
  for (const BenchmarkResult& benchmark : base.benchmarks) {
    before.emplace(benchmark.info.id, &benchmark);
  }
  std::vector<Case> cases;
  cases.reserve(candidate.benchmarks.size());
  for (const BenchmarkResult& benchmark : candidate.benchmarks) {
    const auto found = before.find(benchmark.info.id);
    cases.push_back(found == before.end() ? one_sided(benchmark, true, rules)
                                          : two_sided(*found->second, benchmark, rules));
    if (found != before.end()) before.erase(found);
  }
  for (const BenchmarkResult& benchmark : base.benchmarks) {
    if (before.contains(benchmark.info.id)) cases.push_back(one_sided(benchmark, false, rules));
  }
  return cases;
}

/// With the clock of each launch taken out.
Evidence weigh_pairs(const std::vector<PairedLaunch>& pairs, double run_sigma) {
  std::vector<double> ratios, clocks;
  for (const PairedLaunch& pair : pairs) {
    ratios.push_back(pair.time - pair.clock);
    clocks.push_back(pair.clock);
  }
  return weigh(ratios, run_sigma, kClockDoubt * std::abs(stats::median(clocks)));
}

void judge(Case& found, int family, const Rules& rules) {
  Judged& judged = found.judged;
  judged.run_sigma = run_sigma_of(judged.info, rules.context);
  const Evidence evidence = weigh_pairs(found.pairs, judged.run_sigma->deviation);
  const double alpha = rules.gate(judged.info).alpha;
  judged.verdict = decide(evidence, judged.threshold, alpha / family);
  judged.z = z_score(evidence, judged.threshold);
  judged.p_value = p_value(evidence, judged.threshold, judged.verdict);
  judged.family = family;
  judged.change = percent_of_log(evidence.median);
  const ChangeInterval interval = change_interval(evidence);
  judged.change_low = interval.low;
  judged.change_high = interval.high;
  judged.reasons = what_was_seen(*found.base, *found.candidate, judged);
  const auto other_lengths = other_min_time(found.base->batching, found.candidate->batching);
  if (other_lengths) judged.verdict = Verdict::inconclusive;
  const bool open = judged.verdict == Verdict::inconclusive;
  judge_counts(*found.base, *found.candidate, judged);
  if (other_lengths) {
    set_doubt(judged, other_lengths);
  } else if (open) {
    set_doubt(judged, why_inconclusive(judged, evidence));
  }
}

}  // namespace

Comparison compare(const Document& base, const Document& candidate, const config::Config& config,
                   const Context& context) {
  Comparison comparison;
  comparison.base_name = context.base_name;
  comparison.candidate_name = context.candidate_name;
  comparison.history = context.history;
  comparison.warnings = warnings_about(base, candidate, config);
  const double shift = reference_log_ratio(base, candidate);
  comparison.reference_shift_percent = percent_of_log(shift).value;
  comparison.normalised = std::abs(shift) > std::log1p(kClockWorthTelling);

  const Rules rules{config, context, cpus_of(candidate.machine), comparison.imported()};
  std::vector<Case> cases = match(base, candidate, rules);
  comparison.judged = static_cast<int>(std::count_if(cases.begin(), cases.end(), is_judged));
  comparison.benchmarks.reserve(cases.size());
  for (Case& found : cases) {
    if (is_judged(found)) judge(found, comparison.judged, rules);
    warn_of_counts(found.judged, comparison);
    comparison.benchmarks.push_back(std::move(found.judged));
  }
  return comparison;
}

}  // namespace pulsebench::compare
