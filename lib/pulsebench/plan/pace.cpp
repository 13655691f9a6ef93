#include "pulsebench/plan/pace.hpp"

#include <algorithm>
#include <cmath>

namespace pulsebench::plan {
namespace {

constexpr std::uint64_t kMostGrowth = 4;
constexpr double kWholeEnough = 0.03;

bool is_whole_enough(double operations) {
  return operations > 0.0 &&
         std::abs(std::max(std::round(operations), 1.0) / operations - 1.0) <= kWholeEnough;
}

}  // namespace

Pace pace_of(const Sampling& sampling, Occasion occasion, int threads) {
  if (occasion == Occasion::launch || threads > 1) return {sampling.visit, sampling.warm_up};
  return {sampling.live_visit, sampling.live_warm_up};
}

double launch_seconds(const Sampling& sampling, double visit_seconds) {
  constexpr double kBesideVisit = 0.005;
  const std::chrono::duration<double> usual = sampling.visit + sampling.warm_up;
  return (visit_seconds > 0.0 ? visit_seconds : usual.count()) + kBesideVisit;
}

Batching for_a_block(Batching batching, const Sampling& sampling, int threads) {
  const Pace pace = pace_of(sampling, Occasion::block, threads);
  const auto fitting = static_cast<int>(batching.slices * pace.visit / sampling.visit);
  batching.slices = std::min(batching.slices, std::max(fitting, sampling.min_slices));
  return batching;
}

Batching with_whole_injection(Batching batching, double percent, int min_slices) {
  if (percent <= 0.0) return batching;
  for (std::uint64_t operations = batching.operations;
       operations <= kMostGrowth * batching.operations; ++operations) {
    if (!is_whole_enough(static_cast<double>(operations) * percent / 100.0)) continue;
    const auto fitting =
        static_cast<std::uint64_t>(batching.slices) * batching.operations / operations;
    const int slices = std::max(static_cast<int>(fitting), std::min(min_slices, batching.slices));
    return {.operations = operations, .slices = slices};
  }
  return batching;
}

}  // namespace pulsebench::plan
