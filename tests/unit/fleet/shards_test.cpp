#include "pulsebench/fleet/shards.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <set>
#include <vector>

using pulsebench::fleet::ShardLimits;
using pulsebench::fleet::Shards;
using pulsebench::fleet::share_out;

namespace {

double load(const std::vector<std::size_t>& shard, const std::vector<double>& seconds) {
  return std::accumulate(shard.begin(), shard.end(), 0.0,
                         [&](double sum, std::size_t at) { return sum + seconds[at]; });
}

}  // namespace

TEST_CASE("each benchmark goes to the shard with the least to do, the longest first") {
  // Graham 1969, the worst case of this rule for two machines: 3, 3, 2, 2, 2 makes 7 and 5, where 6
  // and 6 is possible, and 7 is 4/3 - 1/6 of 6.
  const Shards shards = share_out(std::vector<double>{2, 3, 2, 3, 2}, {.asked = 2});
  CHECK(shards == Shards{{1, 0, 4}, {3, 2}});
}

TEST_CASE("every benchmark is in one shard, and none is empty") {
  std::vector<double> seconds;
  for (int i = 0; i < 1000; ++i) seconds.push_back(0.5 + (i * 37 % 100) / 20.0);
  const Shards shards = share_out(seconds, {.nodes = 10});
  CHECK(shards.size() == 20);
  std::multiset<std::size_t> seen;
  for (const auto& shard : shards) {
    CHECK_FALSE(shard.empty());
    CHECK(load(shard, seconds) >= 30.0);
    seen.insert(shard.begin(), shard.end());
  }
  CHECK(seen.size() == 1000);
  CHECK(std::set<std::size_t>(seen.begin(), seen.end()).size() == 1000);
}

TEST_CASE("a shard takes at least 30 seconds, and what takes less is one shard") {
  CHECK(share_out(std::vector<double>(59, 1.0), {.nodes = 8}).size() == 1);
  CHECK(share_out(std::vector<double>(60, 1.0), {.nodes = 8}).size() == 2);
  CHECK(share_out(std::vector<double>(60, 1.0), {.nodes = 8, .least = 10.0}).size() == 6);
}

TEST_CASE("one long benchmark does not make the other shards too short") {
  std::vector<double> seconds(40, 1.0);
  seconds.push_back(100.0);  // 140 s would be four shards of 35 s, if it could be cut
  const Shards shards = share_out(seconds, {.nodes = 4});
  CHECK(shards.size() == 2);
  CHECK(load(shards[1], seconds) == 40.0);
}

TEST_CASE("as many shards as asked for, but no more than benchmarks and tasks of an array") {
  const std::vector<double> seconds(10, 1.0);
  CHECK(share_out(seconds, {.asked = 3}).size() == 3);
  CHECK(share_out(seconds, {.asked = 30}).size() == 10);
  CHECK(share_out(seconds, {.most = 4, .asked = 30}).size() == 4);
  CHECK(share_out({}, {.asked = 3}).empty());
}
