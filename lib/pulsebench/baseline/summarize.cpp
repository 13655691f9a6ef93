#include "pulsebench/baseline/summarize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "pulsebench/stats/binomial.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"
#include "pulsebench/stats/theil_sen.hpp"

namespace pulsebench::baseline {
namespace {

constexpr double kIntervalLevel = 0.99;
constexpr int kQuantileSteps = 100;  // 101 values, 0 % to 100 %

/// One figure of all slices, ascending.
std::vector<double> ascending(const Visit& visit, double Slice::*figure) {
  std::vector<double> figures;
  for (const Slice& slice : visit.slices) figures.push_back(slice.*figure);
  return stats::sorted(figures);
}

double wall_p25(const Visit& visit) {
  return stats::quantile(ascending(visit, &Slice::ns_per_op), 0.25);
}

/// The visits that measured something, by launch. Of two of one launch, the first measured stays.
std::vector<const Visit*> by_launch(const std::vector<Visit>& visits, Unit unit) {
  std::vector<const Visit*> ordered;
  for (const Visit& visit : visits) {
    if (visit.slices.empty()) continue;
    if (unit == Unit::count || wall_p25(visit) > 0.0) ordered.push_back(&visit);
  }
  const auto earlier = [](const Visit* a, const Visit* b) { return a->launch < b->launch; };
  const auto same = [](const Visit* a, const Visit* b) { return a->launch == b->launch; };
  std::stable_sort(ordered.begin(), ordered.end(), earlier);
  ordered.erase(std::unique(ordered.begin(), ordered.end(), same), ordered.end());
  return ordered;
}

double undisturbed_mean(const Visit& visit) {
  std::vector<double> undisturbed, all;
  for (const Slice& slice : visit.slices) {
    all.push_back(slice.ns_per_op);
    if (!slice.disturbed()) undisturbed.push_back(slice.ns_per_op);
  }
  return stats::mean(undisturbed.empty() ? all : undisturbed);
}

void add_launch(const Visit& visit, Launches& launches) {
  const std::vector<double> wall = ascending(visit, &Slice::ns_per_op);
  const std::vector<double> cpu = ascending(visit, &Slice::cpu_ns_per_op);
  launches.launch.push_back(visit.launch);
  launches.p25.push_back(stats::quantile(wall, 0.25));
  launches.median.push_back(stats::quantile(wall, 0.5));
  launches.minimum.push_back(wall.front());
  launches.undisturbed_mean.push_back(undisturbed_mean(visit));
  launches.cpu_p25.push_back(stats::quantile(cpu, 0.25));
  launches.slices.push_back(static_cast<int>(visit.slices.size()));
  launches.disturbed.push_back(
      static_cast<int>(std::ranges::count_if(visit.slices, &Slice::disturbed)));
  launches.reference.push_back(visit.reference_ns);
}

void add_pooled(std::span<const Visit* const> visits, BenchmarkResult& result) {
  std::vector<double> pooled;
  const auto has = [](std::uint32_t causes, Disturbance cause) {
    return (causes & bit_of(cause)) != 0 ? 1 : 0;
  };
  for (const Visit* visit : visits) {
    result.launches_stolen += has(visit->disturbances, Disturbance::stolen);
    result.launches_crowded += has(visit->disturbances, Disturbance::crowded);
    for (const Slice& slice : visit->slices) {
      pooled.push_back(slice.ns_per_op);
      result.disturbed_preempted += has(slice.disturbances, Disturbance::preempted);
      result.disturbed_run_delay += has(slice.disturbances, Disturbance::run_delay);
      result.disturbed_faulted += has(slice.disturbances, Disturbance::faulted);
      result.disturbed_slow_core += has(slice.disturbances, Disturbance::slow_core);
    }
  }
  result.raw_cv = Percent{100.0 * stats::raw_cv(pooled)};
  std::ranges::sort(pooled);
  for (int step = 0; step <= kQuantileSteps; ++step) {
    result.quantiles.push_back(stats::quantile(pooled, step / double{kQuantileSteps}));
  }
}

void add_value(BenchmarkResult& result) {
  const std::vector<double> p25 = stats::sorted(result.launches.p25);
  result.value = Cost{stats::quantile(p25, 0.5), result.info.unit()};
  result.robust_cv = Percent{100.0 * stats::robust_cv(p25)};
  if (const auto interval = stats::median_interval(p25, kIntervalLevel)) {
    result.interval = Interval{interval->low, interval->high, kIntervalLevel};
  }
}

/// A rate is that of all launches together, with its exact bounds. Without a success, 3/n is the
/// upper one: the rule of three, which is a little above the exact bound.
void add_rate(std::span<const Visit* const> visits, BenchmarkResult& result) {
  constexpr double kMillion = 1e6;
  constexpr double kLevel = 0.95;  // of each bound
  double successes = 0.0;
  std::uint64_t trials = 0;
  for (const Visit* visit : visits) {
    for (const Slice& slice : visit->slices) {
      successes += slice.ns_per_op * static_cast<double>(visit->trials) / kMillion;
    }
    trials += visit->trials;
  }
  if (trials == 0) return;
  const auto count = std::min(trials, static_cast<std::uint64_t>(std::llround(successes)));
  const double n = static_cast<double>(trials);
  result.value = Cost{kMillion * static_cast<double>(count) / n, result.info.unit()};
  result.interval =
      Interval{kMillion * stats::lower_proportion(count, trials, kLevel),
               kMillion * std::max(stats::upper_proportion(count, trials, kLevel), 3.0 / n),
               2.0 * kLevel - 1.0};
}

/// How the launches' 25 % quantiles went while the server of a soak test lived.
void add_growth(std::span<const Visit* const> visits, BenchmarkResult& result) {
  constexpr double kLevel = 0.95;
  constexpr double kSecondsPerMinute = 60.0;
  std::map<double, double> by_age;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits[i]->age) by_age.emplace(*visits[i]->age, result.launches.p25[i]);
  }
  std::vector<double> ages, figures;
  for (const auto& [age, figure] : by_age) {
    ages.push_back(age);
    figures.push_back(figure);
  }
  const auto slope = stats::theil_sen(ages, figures, kLevel);
  if (!slope || result.value->value <= 0.0) return;
  const double scale = 100.0 * kSecondsPerMinute / result.value->value;
  result.growth =
      Growth{.percent_per_minute = scale * slope->value,
             .interval = {scale * slope->interval.low, scale * slope->interval.high, kLevel},
             .seconds = ages.back() - ages.front()};
}

/// Of each event the median over the visits that counted it. A slope below zero is noise around it.
void add_counters(std::span<const Visit* const> visits, BenchmarkResult& result) {
  for (const Counter& first : visits.front()->counters) {
    Counter summed{.name = first.name, .per_op = std::nullopt};
    std::vector<double> values;
    for (const Visit* visit : visits) {
      for (const Counter& counter : visit->counters) {
        if (counter.name != first.name) continue;
        if (!counter.per_op) {
          summed.reason = counter.reason;
          continue;
        }
        values.push_back(*counter.per_op);
        summed.enabled_ns += counter.enabled_ns;
        summed.running_ns += counter.running_ns;
        summed.source = counter.source;
      }
    }
    if (!values.empty()) {
      summed.per_op = std::max(stats::quantile(stats::sorted(values), 0.5), 0.0);
      summed.reason.clear();
    }
    result.counters.push_back(std::move(summed));
  }
}

void add_fairness(std::span<const Visit* const> visits, BenchmarkResult& result) {
  std::vector<double> ratios;
  std::vector<double> indices;
  for (const Visit* visit : visits) {
    if (visit->thread_operations.size() < 2) continue;
    const std::vector<double> shares(visit->thread_operations.begin(),
                                     visit->thread_operations.end());
    ratios.push_back(stats::min_max_ratio(shares));
    indices.push_back(stats::jain_index(shares));
  }
  if (ratios.empty()) return;
  result.fairness =
      Fairness{.min_max_ratio = stats::median(ratios), .jain = stats::median(indices)};
}

void add_latency(std::span<const Visit* const> visits, BenchmarkResult& result) {
  std::vector<stats::Counted> pooled;
  for (const Visit* visit : visits) {
    for (const LatencyBucket& bucket : visit->latencies)
      pooled.push_back({bucket.ns, bucket.count});
  }
  if (pooled.empty()) return;
  std::ranges::sort(pooled, {}, &stats::Counted::value);
  result.latency = Latency{.p50 = stats::quantile_of(pooled, 0.5),
                           .p90 = stats::quantile_of(pooled, 0.9),
                           .p99 = stats::quantile_of(pooled, 0.99),
                           .p99_9 = stats::quantile_of(pooled, 0.999),
                           .longest = pooled.back().value};
}

/// Every launch says the same, unless the benchmark counts something else than its operations.
void add_processed(std::span<const Visit* const> visits, BenchmarkResult& result) {
  for (std::optional<double> Processed::*const amount : {&Processed::bytes, &Processed::items}) {
    std::vector<double> amounts;
    for (const Visit* visit : visits) {
      if (visit->processed.*amount) amounts.push_back(*(visit->processed.*amount));
    }
    if (!amounts.empty()) result.processed.*amount = stats::median(amounts);
  }
}

/// What the benchmark says of itself, and where it stands.
void add_label_and_source(std::span<const Visit* const> visits, BenchmarkResult& result) {
  for (const Visit* visit : visits) {
    if (!visit->label.empty()) result.label = visit->label;
    if (visit->source) result.info.source = visit->source;
  }
}

/// A figure that is the loop's own is one that says so.
void add_limit(std::span<const Visit* const> visits, BenchmarkResult& result) {
  std::vector<double> empty_ns;
  for (const Visit* visit : visits) {
    if (visit->empty_loop_ns) empty_ns.push_back(*visit->empty_loop_ns);
  }
  if (2 * empty_ns.size() <= visits.size() || !result.outcome.reason.empty()) return;
  result.outcome.reason = fmt::format(
      "it takes no longer than a turn of the empty loop around it, {:.3g} ns: its own cost is "
      "below that, and no change of it shows until it is above",
      stats::median(empty_ns));
}

}  // namespace

BenchmarkResult summarize(const Measured& measured) {
  BenchmarkResult result{.info = measured.info,
                         .suite = measured.suite,
                         .outcome = measured.outcome,
                         .batching = measured.batching,
                         .launches_asked = measured.launches_asked,
                         .oversubscribed = measured.oversubscribed,
                         .target = measured.target,
                         .injected_percent = measured.injected_percent,
                         .exact = measured.exact,
                         .allocations = measured.allocations,
                         .max_allocations = measured.max_allocations};
  const std::vector<const Visit*> visits = by_launch(measured.visits, measured.info.unit());
  if (visits.empty()) {
    if (result.outcome.status == Status::ok) {
      result.outcome = {Status::not_measured, "no launch of it was measured"};
    }
    return result;
  }
  for (const Visit* visit : visits) add_launch(*visit, result.launches);
  add_pooled(visits, result);
  add_value(result);
  add_rate(visits, result);
  add_growth(visits, result);
  add_counters(visits, result);
  add_fairness(visits, result);
  add_latency(visits, result);
  add_processed(visits, result);
  add_label_and_source(visits, result);
  add_limit(visits, result);
  return result;
}

}  // namespace pulsebench::baseline
