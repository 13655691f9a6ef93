// Single tier rules. tier_property_test.cpp compares all of them with a reference model.
#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "tier_bench.hpp"

using namespace std::chrono_literals;
using pulse::Decision;
using pulse::PollResult;
using pulse::Tier;
using pulse::TierConfig;
using std::chrono::nanoseconds;

namespace {

constexpr nanoseconds kGood = 50us;
constexpr nanoseconds kNeither = 5ms;
constexpr nanoseconds kViolation = 11ms;

/// Brings the task to `tier` by violations.
void offend_up_to(TierBench& bench, Tier tier) {
  for (int i = 0; bench.tier() != tier; ++i) {
    REQUIRE(i < 1000);
    bench.polls(1, kViolation);
    bench.pass(20ms);
  }
}

}  // namespace

TEST_CASE("five violations promote out of monitor, at the evaluation after them") {
  TierBench bench;
  bench.polls(1, kViolation);
  bench.pass(200ms);
  bench.polls(3, kViolation);
  bench.polls(16, kNeither);  // 20 polls: evaluated, with four violations
  CHECK(bench.tier() == Tier::monitor);
  bench.polls(1, kViolation);
  bench.polls(18, kNeither);
  CHECK(bench.tier() == Tier::monitor);
  bench.polls(1, kNeither);  // 40 polls
  CHECK(bench.tier() == Tier::warn);
}

TEST_CASE("a poll of exactly the CPU budget is no violation, a nanosecond more is") {
  TierBench bench;
  bench.polls(1, 10ms);
  CHECK(bench.tiers.get_metrics().violations == 0);
  bench.polls(1, 10ms + 1ns);
  CHECK(bench.tiers.get_metrics().violations == 1);
}

TEST_CASE("a task is not promoted within 100 ms of its first violation or last change") {
  TierBench bench;
  bench.polls(20, kViolation);
  CHECK(bench.tier() == Tier::monitor);
  bench.pass(99ms);
  bench.polls(20, kViolation);
  CHECK(bench.tier() == Tier::monitor);
  bench.pass(1ms);
  bench.polls(20, kViolation);
  CHECK(bench.tier() == Tier::warn);
  bench.polls(15, kViolation);
  CHECK(bench.tier() == Tier::warn);
  bench.pass(100ms);
  bench.polls(15, kViolation);
  CHECK(bench.tier() == Tier::yield);
}

TEST_CASE("a task that always violates rises to isolate") {
  TierBench bench;
  offend_up_to(bench, Tier::isolate);
  bench.pass(1h);
  CHECK(bench.polls(100, kViolation) == Decision::isolate);
  CHECK(bench.tier() == Tier::isolate);
  CHECK(bench.tiers.get_metrics().promotions == 3);
}

TEST_CASE("the decision follows the tier") {
  TierBench bench;
  CHECK(bench.polls(1, kGood) == Decision::proceed);
  bench.tiers.set_tier(bench.poll.task, Tier::warn);
  CHECK(bench.polls(1, kGood) == Decision::proceed);
  bench.tiers.set_tier(bench.poll.task, Tier::yield);
  CHECK(bench.polls(1, kGood) == Decision::yield);
  bench.tiers.set_tier(bench.poll.task, Tier::isolate);
  CHECK(bench.polls(1, kGood) == Decision::isolate);
  CHECK(bench.tiers.get_metrics().yields == 1);
  CHECK(bench.tiers.get_metrics().isolations == 1);
}

// In another implementation of this design the budget wraps below zero, and a task that never
// yields stays in tier 0.
TEST_CASE("a task that never yields is promoted from monitor, though each poll is short") {
  TierConfig config;
  config.poll_budget = 100;
  TierBench bench(config);
  CHECK(bench.polls(99, 1us, PollResult::again) == Decision::proceed);
  CHECK(bench.polls(1, 1us, PollResult::again) == Decision::yield);
  for (int i = 0; i < 100; ++i) {
    bench.polls(20, 1us, PollResult::again);
    bench.pass(10ms);
  }
  CHECK(bench.tier() == Tier::isolate);
}

TEST_CASE("a task that waits never exhausts its budget") {
  TierConfig config;
  config.poll_budget = 100;
  TierBench bench(config);
  CHECK(bench.polls(1000, 1us, PollResult::waiting) == Decision::proceed);
  CHECK(bench.tiers.get_metrics().violations == 0);
}

TEST_CASE("a task that is requeued starts with a full budget") {
  TierConfig config;
  config.poll_budget = 100;
  TierBench bench(config);
  CHECK(bench.polls(100, 1us, PollResult::again) == Decision::yield);
  bench.tiers.yielded(bench.poll.task);
  CHECK(bench.tiers.budget(bench.poll.task).remaining() == 100);
  CHECK(bench.polls(1, 1us, PollResult::again) == Decision::proceed);
}

// In another implementation of this design frequent violations start a cooldown that blocks the
// promotion.
TEST_CASE("a cooldown never blocks the promotion of a frequent offender") {
  TierBench bench;
  for (int i = 0; i < 10; ++i) {  // 200 violations a second
    bench.polls(20, kViolation);
    bench.pass(100ms);
  }
  CHECK(bench.tier() == Tier::isolate);
}

TEST_CASE(
    "demotion takes good polls in a row, the least time, and half a second without violation") {
  TierConfig config;
  config.tiers[1].least_time = 200ms;
  config.cooldown = 0ms;
  TierBench bench(config);
  bench.tiers.set_tier(bench.poll.task, Tier::warn);
  bench.polls(15, kNeither);  // reads no clock, since no change is due
  bench.polls(1, kViolation);
  bench.polls(74, kGood);  // 75th poll: evaluated, 74 good
  bench.pass(500ms);
  CHECK(bench.tier() == Tier::warn);
  bench.polls(1, kNeither);  // breaks the row
  bench.polls(74, kGood);
  CHECK(bench.tier() == Tier::warn);
  bench.polls(14, kGood);
  CHECK(bench.tier() == Tier::warn);
  bench.polls(1, kGood);
  CHECK(bench.tier() == Tier::monitor);
  CHECK(bench.tiers.get_metrics().demotions == 1);
}

TEST_CASE("a task is not demoted before its tier's minimum time") {
  TierBench bench;
  offend_up_to(bench, Tier::isolate);
  bench.pass(9979ms);  // plus 20 since the change
  bench.polls(1000, kGood);
  CHECK(bench.tier() == Tier::isolate);
  bench.pass(1ms);
  bench.polls(5, kGood);
  CHECK(bench.tier() == Tier::yield);
}

TEST_CASE("eleven violations within a second delay a demotion by the cooldown, ten do not") {
  for (const int violations : {10, 11}) {
    TierConfig config;
    config.tiers[1].least_time = 0ms;
    config.hysteresis_down = 0ms;
    config.violations_to_promote = {1000, 1000, 1000};
    TierBench bench(config);
    bench.tiers.set_tier(bench.poll.task, Tier::warn);
    bench.polls(violations, kViolation);
    bench.pass(999ms);
    bench.polls(90, kGood);
    CHECK((bench.tier() == Tier::monitor) == (violations == 10));
    bench.pass(1ms);
    bench.polls(90, kGood);
    CHECK(bench.tier() == Tier::monitor);
  }
}

TEST_CASE("a good poll is below the bound of its tier") {
  // 0.1, 0.2, 0.5 and 1 ms by docs/pulse.md: the bound itself is not good.
  const nanoseconds bounds[]{100us, 200us, 500us, 1ms};
  for (const Tier tier : {Tier::warn, Tier::yield, Tier::isolate}) {
    for (const bool under : {true, false}) {
      TierBench bench;
      bench.tiers.set_tier(bench.poll.task, tier);
      bench.polls(75, kGood);  // the first evaluation starts the tier's time
      bench.polls(1, kNeither);
      bench.pass(1min);
      bench.polls(100, bounds[index_of(tier)] - (under ? 1ns : 0ns));
      CHECK((bench.tier() != tier) == under);
    }
  }
}

TEST_CASE("a hundred good polls after five seconds clear the violations in monitor") {
  TierBench bench;
  bench.polls(4, kViolation);
  bench.pass(5s);
  bench.polls(116, kGood);
  bench.polls(4, kViolation);
  bench.pass(5s);
  bench.polls(16, kNeither);
  CHECK(bench.tier() == Tier::monitor);
}

TEST_CASE("every field of the configuration has an effect") {
  // A change of a field changes the model's trace for some seed, and the library equals the model.
  const std::vector<void (*)(TierConfig&)> changes{
      [](TierConfig& c) { c.tiers[1].good_polls_to_demote = 7; },
      [](TierConfig& c) { c.tiers[1].least_time = 1ms; },
      [](TierConfig& c) { c.tiers[1].good_poll = 10us; },
      [](TierConfig& c) { c.tiers[1].polls_between_evaluations = 2; },
      [](TierConfig& c) { c.violations_to_promote[0] = 1; },
      [](TierConfig& c) { c.cpu_budget = 1ms; },
      [](TierConfig& c) { c.hysteresis_up = 2s; },
      [](TierConfig& c) { c.hysteresis_down = 20s; },
      [](TierConfig& c) { c.violations_per_second = 1000; },
      [](TierConfig& c) { c.cooldown = 20s; },
  };
  const auto trace = [](const TierConfig& config) {
    std::vector<Tier> tiers;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      std::mt19937_64 random(seed);
      TierBench bench(config);
      for (int burst = 0; burst < 60; ++burst) {
        const nanoseconds cpu = random() % 3 == 0 ? kViolation : random() % 5 == 0 ? 2ms : kGood;
        bench.polls(static_cast<int>(random() % 120), cpu);
        bench.pass(std::chrono::milliseconds{random() % 4000});
        tiers.push_back(bench.tier());
      }
    }
    return tiers;
  };
  const std::vector<Tier> usual = trace({});
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CAPTURE(i);
    TierConfig config;
    config.tiers[0].good_poll = config.tiers[1].good_poll = 100us;
    changes[i](config);
    if (config.cpu_budget == 1ms) config.tiers[3].good_poll = 1ms;
    CHECK(trace(config) != usual);
  }
}
