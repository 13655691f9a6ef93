#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <queue>
#include <random>
#include <vector>

#include "pulsebench/fleet/shards.hpp"

/// A cluster on paper: the shards are those that `share_out` makes, and the rest is arithmetic.
namespace pulsebench::fleet::simulation {

/// What a cluster takes, beside the measuring. Measured with Slurm 22.05 (docs/scaling.md), but for
/// the rate of dispatch, which is assumed.
struct Cluster {
  std::size_t nodes = 1;
  double start_seconds = 5.0;  ///< from dispatch to the first block: prologue, copies, listing
  double dispatch_per_second = 20.0;  ///< tasks that the controller starts
  double detection_seconds = 30.0;    ///< from the death of a node to the restart of its task
  double mean_hours_to_death = 0.0;   ///< of each node, exponential; 0: none dies
};

struct Outcome {
  double serial_seconds = 0.0;  ///< on one machine
  double wall_seconds = 0.0;
  std::size_t shards = 0;
  std::size_t deaths = 0;
  double lost_seconds = 0.0;  ///< of measuring that was cut off and begun anew
  std::size_t measured = 0;   ///< benchmarks with a result
};

/// Seconds of each benchmark, both sides: log-normal with a median of 1.2 s and a mean of 1.8 s, as
/// the project's own suites have. The transformation of Box and Muller keeps the series the same
/// with every library.
inline std::vector<double> draw_seconds(std::size_t benchmarks, std::mt19937_64& bits) {
  constexpr double kMedianLog = 0.182, kDeviation = 0.9, kTwoPi = 6.283185307179586;
  const auto uniform = [&] { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53; };
  std::vector<double> seconds;
  for (std::size_t i = 0; i < benchmarks; ++i) {
    const double normal = std::sqrt(-2.0 * std::log(uniform())) * std::cos(kTwoPi * uniform());
    seconds.push_back(std::exp(kMedianLog + kDeviation * normal));
  }
  return seconds;
}

/// One run. A node that dies does not come back; its task goes on, elsewhere, with the benchmark
/// that was cut off. Nothing where no node is left.
inline std::optional<Outcome> run(const Cluster& cluster, std::size_t benchmarks,
                                  std::size_t shards_asked, std::mt19937_64& bits) {
  const std::vector<double> seconds = draw_seconds(benchmarks, bits);
  const Shards shards =
      share_out(seconds, {.nodes = cluster.nodes, .most = 1'000'000, .asked = shards_asked});
  const auto uniform = [&] { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53; };
  const auto draw_death = [&](double now) {
    if (cluster.mean_hours_to_death <= 0.0) return HUGE_VAL;
    return now - std::log(uniform()) * 3600.0 * cluster.mean_hours_to_death;
  };
  struct Task {
    double ready;
    std::size_t shard, next;  ///< the benchmark it goes on with
    bool operator>(const Task& other) const { return ready > other.ready; }
  };
  std::priority_queue<Task, std::vector<Task>, std::greater<>> waiting;
  for (std::size_t shard = 0; shard < shards.size(); ++shard) waiting.push({0.0, shard, 0});
  std::priority_queue<double, std::vector<double>, std::greater<>> free_at;
  for (std::size_t node = 0; node < cluster.nodes; ++node) free_at.push(0.0);

  Outcome outcome{.shards = shards.size()};
  for (const double one : seconds) outcome.serial_seconds += one;
  double next_dispatch = 0.0;
  while (!waiting.empty()) {
    if (free_at.empty()) return std::nullopt;
    const Task task = waiting.top();
    waiting.pop();
    const double begin = std::max({free_at.top(), task.ready, next_dispatch});
    free_at.pop();
    next_dispatch = begin + 1.0 / cluster.dispatch_per_second;
    const double death = draw_death(begin);  // memoryless: drawn anew for each task
    double now = begin + cluster.start_seconds;
    std::size_t at = task.next;
    const auto& shard = shards[task.shard];
    while (at < shard.size() && now + seconds[shard[at]] <= death) {
      now += seconds[shard[at++]];
      ++outcome.measured;
    }
    if (at == shard.size()) {
      free_at.push(now);
      outcome.wall_seconds = std::max(outcome.wall_seconds, now);
    } else {
      ++outcome.deaths;
      outcome.lost_seconds += std::max(0.0, death - now);
      waiting.push({death + cluster.detection_seconds, task.shard, at});
    }
  }
  return outcome;
}

}  // namespace pulsebench::fleet::simulation
