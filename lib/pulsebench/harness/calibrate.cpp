#include "pulsebench/harness/calibrate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace pulsebench::harness {
namespace {

constexpr std::uint64_t kMostTurns = 1ULL << 40U;
constexpr double kNearTheEmptyLoop = 1.5;  // below this, the unrolled control decides
constexpr double kNoMoreThanEmpty = 1.25;  // sixteen instructions cost two empty turns or more
constexpr std::uint64_t kControlNs = 50'000;

}  // namespace

double turn_ns(const TickClock& clock, std::uint64_t long_enough_ns,
               const std::function<void(std::uint64_t)>& run) {
  const double ns_per_tick = clock.ns_per_tick();
  const auto time = [&](std::uint64_t times) {
    const std::uint64_t begin = clock.begin();
    run(times);
    return static_cast<double>(clock.end() - begin) * ns_per_tick;
  };
  std::uint64_t times = 1;
  double elapsed = time(times);
  while (elapsed < static_cast<double>(long_enough_ns)) {
    if (times >= kMostTurns) return 0.0;
    times *= 2;
    elapsed = time(times);
  }
  std::array<double, 5> repetitions{};
  for (double& repetition : repetitions) repetition = time(times);
  std::ranges::sort(repetitions);
  return repetitions[1] / static_cast<double>(times);
}

Batching batching_for(double ns_per_op, const wire::Calibrate& ask) {
  const auto slice = static_cast<double>(ask.slice_ns);
  const auto visit = static_cast<double>(ask.visit_ns);
  const double cost = ns_per_op > 0.0 ? ns_per_op : 1.0;
  // A slow operation needs no large batch, which would outlast the launch.
  const double most = std::max(std::floor(visit / (ask.min_slices * cost)), 1.0);
  const double fewest = std::min(static_cast<double>(ask.min_operations), most);
  // A loop that the optimizer removed costs almost nothing, for any number of turns.
  const double operations =
      std::min(std::max(std::ceil(slice / cost), fewest), static_cast<double>(kMostTurns));
  const double slices = std::floor(visit / std::max(slice, fewest * cost));
  return {.operations = static_cast<std::uint64_t>(operations),
          .slices = static_cast<int>(std::clamp(slices, static_cast<double>(ask.min_slices),
                                                static_cast<double>(ask.max_slices)))};
}

bool measures_nothing(const TickClock& clock, const Batch& batch, double ns_per_op,
                      double empty_ns) {
  if (ns_per_op > kNearTheEmptyLoop * empty_ns) return false;
  const double unrolled = turn_ns(
      clock, kControlNs, [&](std::uint64_t times) { batch.run_unrolled(batch.operation, times); });
  return looks_empty(ns_per_op, unrolled, empty_ns);
}

bool looks_empty(double ns_per_op, double unrolled_ns, double empty_ns) {
  return ns_per_op <= kNearTheEmptyLoop * empty_ns && unrolled_ns <= kNoMoreThanEmpty * empty_ns;
}

}  // namespace pulsebench::harness
