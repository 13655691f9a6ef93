#include "pulsebench/compare/reasons.hpp"

#include <cmath>
#include <numeric>
#include <utility>

#include "pulsebench/compare/observations.hpp"

namespace pulsebench::compare {
namespace {

using baseline::BenchmarkResult;

constexpr int kWorthTellingPercent = 10;  // per cent of slices disturbed

/// The relative standard deviation of a single pair that the standard error stands for: a median of
/// n normal values has an error of 1.2533 SD / √n.
double spread_percent(const Evidence& evidence) {
  return 100.0 * evidence.sampling * std::sqrt(static_cast<double>(evidence.pairs)) / 1.2533;
}

Reason too_wide(const ChangeInterval& interval, const Judged& judged) {
  return {.code = ReasonCode::interval_too_wide,
          .numbers = {interval.low.value, interval.high.value, judged.threshold.value}};
}

template <typename Number>
double number(Number value) {
  return static_cast<double>(value);
}

}  // namespace

Reason no_measurement(Side side, const Outcome& outcome) {
  return {.code = ReasonCode::no_measurement,
          .texts = {outcome.reason},
          .side = side,
          .status = outcome.status};
}

Reason skipped_on_both(const Outcome& outcome) {
  return {.code = ReasonCode::skipped, .texts = {outcome.reason}};
}

int disturbed_percent(const baseline::Launches& launches) {
  const auto sum = [](const std::vector<int>& column) {
    return std::accumulate(column.begin(), column.end(), 0.0);
  };
  const double slices = sum(launches.slices);
  return slices > 0.0 ? static_cast<int>(std::lround(100.0 * sum(launches.disturbed) / slices)) : 0;
}

std::optional<Reason> why_not_judged(const BenchmarkResult& base, const BenchmarkResult& candidate,
                                     int pairs) {
  if (base.outcome.status == Status::skipped && candidate.outcome.status == Status::skipped) {
    return skipped_on_both(candidate.outcome);
  }
  for (const auto& [result, side] :
       {std::pair{&candidate, Side::new_side}, {&base, Side::old_side}}) {
    if (result->outcome.status != Status::ok) return no_measurement(side, result->outcome);
  }
  const auto changed = [](ReasonCode code, int before, int after) {
    return Reason{.code = code, .numbers = {number(before), number(after)}};
  };
  if (base.info.version != candidate.info.version) {
    return changed(ReasonCode::other_version, base.info.version, candidate.info.version);
  }
  if (base.info.threads != candidate.info.threads) {
    return changed(ReasonCode::other_threads, base.info.threads, candidate.info.threads);
  }
  if (pairs < kFewestPairs) return changed(ReasonCode::few_pairs, pairs, kFewestPairs);
  return std::nullopt;
}

Reason why_inconclusive(const Judged& judged, const Evidence& evidence) {
  const bool noise_of_launches = evidence.sampling > 0.5 * evidence.total;
  const double half_width = (judged.change_high.value - judged.change_low.value) / 2.0;
  if (half_width > judged.threshold.value / 2.0) {
    if (!noise_of_launches) return too_wide({judged.change_low, judged.change_high}, judged);
    return {.code = ReasonCode::launches_scatter, .numbers = {spread_percent(evidence)}};
  }
  return {.code = ReasonCode::near_threshold,
          .numbers = {judged.change.value, judged.threshold.value}};
}

Reason why_undecided(const Judged& judged, const LiveDecision& decision) {
  const Percent threshold = judged.threshold;
  const auto interval = decision.interval();
  if (!interval || interval->low > threshold) {
    return {.code = ReasonCode::few_blocks,
            .numbers = {number(decision.blocks()), number(decision.rule().family)}};
  }
  const double half_width = (interval->high.value - interval->low.value) / 2.0;
  if (half_width > threshold.value / 2.0) return too_wide(*interval, judged);
  const double change = decision.change().value;
  if (interval->high < threshold) {
    return {.code = ReasonCode::mean_undecided, .numbers = {change}};
  }
  return {.code = ReasonCode::undecided, .numbers = {change, threshold.value}};
}

std::optional<Reason> other_min_time(const Batching& before, const Batching& after) {
  if (before.min_time <= 0.0 || before.min_time == after.min_time) return std::nullopt;
  return Reason{.code = ReasonCode::other_min_time, .numbers = {before.min_time, after.min_time}};
}

Reason never_gates(const BenchmarkInfo& info) {
  return {.code = ReasonCode::oversubscribed, .numbers = {number(info.threads)}};
}

void set_doubt(Judged& judged, std::optional<Reason> doubt) {
  std::erase_if(judged.reasons, [](const Reason& reason) {
    return reason.code == ReasonCode::launches_scatter ||
           reason.code == ReasonCode::interval_too_wide ||
           reason.code == ReasonCode::near_threshold || reason.code == ReasonCode::other_min_time;
  });
  if (doubt) judged.reasons.insert(judged.reasons.begin(), *std::move(doubt));
}

std::vector<Reason> what_was_seen(const BenchmarkResult& base, const BenchmarkResult& candidate,
                                  const Judged& judged) {
  std::vector<Reason> seen;
  if (candidate.injected_percent) {
    seen.push_back({.code = ReasonCode::injected, .numbers = {*candidate.injected_percent}});
  }
  for (const auto& [percent, side] : {std::pair{judged.disturbed_percent_candidate, Side::new_side},
                                      {judged.disturbed_percent_base, Side::old_side}}) {
    if (percent < kWorthTellingPercent) continue;
    seen.push_back(
        {.code = ReasonCode::slices_disturbed, .numbers = {number(percent)}, .side = side});
  }
  if (judged.oversubscribed) seen.push_back(never_gates(judged.info));
  for (const auto& [result, side] :
       {std::pair{&candidate, Side::new_side}, {&base, Side::old_side}}) {
    if (auto modes = modes_seen(result->launches.p25, side)) seen.push_back(*std::move(modes));
  }
  if (base.info.tier != candidate.info.tier) {
    seen.push_back(
        {.code = ReasonCode::other_tier,
         .numbers = {number(number_of(base.info.tier)), number(number_of(candidate.info.tier))}});
  }
  const bool finds_its_own = candidate.batching.min_time > 0.0;
  if (!finds_its_own && base.batching.operations != candidate.batching.operations) {
    seen.push_back(
        {.code = ReasonCode::other_batch_size,
         .numbers = {number(base.batching.operations), number(candidate.batching.operations)}});
  }
  return seen;
}

}  // namespace pulsebench::compare
