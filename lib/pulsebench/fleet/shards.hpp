#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// One `ab` over many machines. Each machine measures some of the benchmarks, both sides of each.
namespace pulsebench::fleet {

/// A task of the cluster starts in 1 to 5 s: below this, starting would be what takes the time.
inline constexpr double kLeastShardSeconds = 30.0;

/// How many shards there may be.
struct ShardLimits {
  std::size_t nodes = 1;              ///< that can measure at the same time
  std::size_t most = 1000;            ///< tasks in one job
  std::size_t asked = 0;              ///< so many, however short they are; 0: as many as pay
  double least = kLeastShardSeconds;  ///< seconds of the shortest, unless `asked`
};

/// The benchmarks of each shard, by their index, the longest first. No shard is empty.
using Shards = std::vector<std::vector<std::size_t>>;

/// Gives each benchmark to the shard with the least to do, the longest benchmark first. `seconds`
/// has one entry a benchmark, none negative. There are two shards a node, so that the last ones
/// even out, but fewer where the shortest would take less than `limits.least`.
/// Source: Graham, "Bounds on multiprocessing timing anomalies", SIAM J. Appl. Math. 17 (1969): the
/// longest shard takes at most 4/3 - 1/(3m) of the best possible time.
[[nodiscard]] Shards share_out(std::span<const double> seconds, const ShardLimits& limits);

}  // namespace pulsebench::fleet
