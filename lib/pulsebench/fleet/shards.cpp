#include "pulsebench/fleet/shards.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace pulsebench::fleet {
namespace {

constexpr std::size_t kShardsPerNode = 2;

double load_of(const std::vector<std::size_t>& shard, std::span<const double> seconds) {
  return std::accumulate(shard.begin(), shard.end(), 0.0,
                         [&](double sum, std::size_t at) { return sum + seconds[at]; });
}

/// `order` has the benchmarks, the longest first.
Shards longest_first(std::span<const std::size_t> order, std::span<const double> seconds,
                     std::size_t count) {
  Shards shards(count);
  using Load = std::pair<double, std::size_t>;  // what a shard has to do, and which it is
  std::priority_queue<Load, std::vector<Load>, std::greater<>> loads;
  for (std::size_t shard = 0; shard < count; ++shard) loads.emplace(0.0, shard);
  for (const std::size_t benchmark : order) {
    const auto [load, shard] = loads.top();
    loads.pop();
    shards[shard].push_back(benchmark);
    loads.emplace(load + seconds[benchmark], shard);
  }
  return shards;
}

double shortest(const Shards& shards, std::span<const double> seconds) {
  double least = load_of(shards.front(), seconds);
  for (const auto& shard : shards) least = std::min(least, load_of(shard, seconds));
  return least;
}

}  // namespace

Shards share_out(std::span<const double> seconds, const ShardLimits& limits) {
  if (seconds.empty()) return {};
  std::vector<std::size_t> order(seconds.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>{}, [&](std::size_t at) { return seconds[at]; });

  const std::size_t most = std::max<std::size_t>(1, std::min(seconds.size(), limits.most));
  if (limits.asked > 0) return longest_first(order, seconds, std::min(limits.asked, most));
  const double total = std::accumulate(seconds.begin(), seconds.end(), 0.0);
  const double paying = std::max(1.0, std::floor(total / std::max(limits.least, 1e-3)));
  std::size_t count = std::min(most, std::max<std::size_t>(1, limits.nodes) * kShardsPerNode);
  if (paying < static_cast<double>(count)) count = static_cast<std::size_t>(paying);
  for (;;) {
    Shards shards = longest_first(order, seconds, count);
    if (count == 1 || shortest(shards, seconds) >= limits.least) return shards;
    count -= std::max<std::size_t>(1, count / 8);
  }
}

}  // namespace pulsebench::fleet
