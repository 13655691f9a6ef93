#include "pulsebench/compare/noise.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::compare;
using doctest::Approx;

namespace {

const BenchmarkInfo kInfo{.id = *BenchmarkId::parse("a")};

BlockChange percent(double low_quantile, double mean) {
  return {std::log1p(low_quantile / 100), std::log1p(mean / 100)};
}

/// Blocks of unchanged code that scatter evenly between -`width` and +`width` per cent.
std::vector<BlockChange> scattered(int blocks, double width) {
  std::vector<BlockChange> made;
  for (int i = 0; i < blocks; ++i) {
    const double at = width * (2.0 * i / (blocks - 1) - 1.0);
    made.push_back(percent(at, at));
  }
  // Interleaved, as the test looks after every block.
  std::shuffle(made.begin(), made.end(), std::mt19937_64{5});
  return made;
}

std::vector<double> shifted(const std::vector<double>& log_ratios, double by) {
  std::vector<double> made;
  for (const double d : log_ratios) made.push_back(d + by);
  return made;
}

int above_zero(const std::vector<double>& log_ratios) {
  return static_cast<int>(
      std::count_if(log_ratios.begin(), log_ratios.end(), [](double d) { return d > 0.0; }));
}

}  // namespace

TEST_CASE("the resolvable change is the order statistic that the betting test needs") {
  // 29 of 32 blocks have to agree where 60 are judged at 0.01 (exact fractions, betting_test.cpp):
  // the 4th from below and the 29th from above.
  std::vector<double> log_ratios;
  for (int i = 1; i <= 32; ++i) log_ratios.push_back(0.001 * (i - 20));
  const LiveRule sixty{.family = 60};
  const auto resolves = resolvable_change(log_ratios, sixty);
  REQUIRE(resolves);
  CHECK(resolves->value == Approx(100.0 * std::expm1(0.016)));  // -d(4); d(29) is 0.009
}

TEST_CASE("a change of that size, and no smaller one, lifts enough blocks above zero") {
  std::mt19937_64 bits{3};
  for (int sample = 0; sample < 50; ++sample) {
    std::vector<double> log_ratios;
    for (int i = 0; i < 40; ++i) log_ratios.push_back(1e-4 * static_cast<double>(bits() % 1'000));
    const auto resolves = resolvable_change(shifted(log_ratios, -0.05), {.family = 60});
    REQUIRE(resolves);
    const double shift = std::log1p(resolves->value / 100.0);
    const auto mirrored = shifted(log_ratios, -0.05);
    // 35 of 40 are needed: exact fractions again.
    const int up = above_zero(shifted(mirrored, shift + 1e-9));
    const int below = 40 - above_zero(shifted(mirrored, -shift - 1e-9));
    CHECK(std::min(up, below) >= 35);
    const int less_up = above_zero(shifted(mirrored, shift - 1e-9));
    const int less_below = 40 - above_zero(shifted(mirrored, -shift + 1e-9));
    CHECK(std::min(less_up, less_below) < 35);
  }
}

TEST_CASE("blocks that are too few for the family resolve nothing, and say so") {
  const auto few = scattered(14, 0.1);
  const Noise noise = noise_of(kInfo, few, {.family = 60});
  CHECK_FALSE(noise.resolves);
  CHECK_FALSE(noise.supported);
  CHECK(noise.reason == Reason{.code = ReasonCode::few_blocks, .numbers = {14, 60}});
}

TEST_CASE("a quiet benchmark supports its gate and is passed again and again") {
  const Noise noise = noise_of(kInfo, scattered(32, 1.0), {.threshold = Percent{5}, .family = 60});
  REQUIRE(noise.resolves);
  CHECK(noise.resolves->value < 1.0);
  CHECK(noise.supported);
  CHECK_FALSE(noise.reason);
  CHECK(noise.decisions == 6);  // 5 blocks pass one
  CHECK(noise.passed == 6);
  CHECK(noise.false_alarms == 0);
}

TEST_CASE("a benchmark that scatters by more than its threshold does not support it") {
  const Noise noise = noise_of(kInfo, scattered(32, 15.0), {.threshold = Percent{5}, .family = 60});
  CHECK_FALSE(noise.supported);
  REQUIRE(noise.reason);
  CHECK(noise.reason->code == ReasonCode::blocks_scatter);
  CHECK(noise.reason->numbers[0] == noise.resolves->value);
  CHECK(noise_of(kInfo, scattered(32, 15.0), {.threshold = Percent{20}, .family = 60}).supported);
}

TEST_CASE("a mean that scatters alone keeps unchanged code from being passed, and that is said") {
  std::vector<BlockChange> blocks;
  for (int i = 0; i < 32; ++i) blocks.push_back(percent(0.0, i % 2 == 0 ? 40.0 : -30.0));
  const Noise noise = noise_of(kInfo, blocks, {.threshold = Percent{5}, .family = 60});
  CHECK(noise.resolves->value == 0.0);
  CHECK(noise.mean_resolves->value > 30.0);
  CHECK_FALSE(noise.supported);
  CHECK(noise.reason == Reason{.code = ReasonCode::means_scatter, .numbers = {32}});
}

TEST_CASE("a false alarm is counted and costs the support") {
  const std::vector<BlockChange> blocks(20, percent(10.0, 10.0));
  const Noise noise = noise_of(kInfo, blocks, {.threshold = Percent{5}, .family = 60});
  CHECK(noise.false_alarms == 1);
  CHECK_FALSE(noise.supported);
  CHECK(noise.reason == Reason{.code = ReasonCode::false_alarm, .numbers = {1, 1}});
}
