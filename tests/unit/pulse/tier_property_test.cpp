// All tier rules together, compared with the reference model by a seeded generator.
#include <doctest/doctest.h>

#include <chrono>
#include <random>

#include "tier_bench.hpp"
#include "tier_model.hpp"

using namespace std::chrono_literals;
using pulse::TickClock;
using pulse::TierConfig;
using std::chrono::nanoseconds;

namespace {

/// A configuration with small numbers, so that a few hundred polls apply every rule.
TierConfig random_config(std::mt19937_64& random) {
  const auto up_to = [&](std::uint64_t most) { return random() % (most + 1); };
  TierConfig config;
  config.cpu_budget = nanoseconds{1 + up_to(2'000'000)};
  for (auto& policy : config.tiers) {
    policy.good_polls_to_demote = static_cast<std::uint32_t>(1 + up_to(10));
    policy.least_time = std::chrono::milliseconds{up_to(2000)};
    policy.good_poll =
        nanoseconds{1 + up_to(static_cast<std::uint64_t>(config.cpu_budget.count()) - 1)};
    policy.polls_between_evaluations = static_cast<std::uint32_t>(1 + up_to(8));
  }
  for (auto& violations : config.violations_to_promote) {
    violations = static_cast<std::uint32_t>(1 + up_to(6));
  }
  config.hysteresis_up = std::chrono::milliseconds{up_to(300)};
  config.hysteresis_down = std::chrono::milliseconds{up_to(800)};
  config.violations_per_second = static_cast<std::uint32_t>(1 + up_to(12));
  config.cooldown = std::chrono::milliseconds{up_to(2000)};
  return config;
}

/// Runs 600 polls of one task; returns the first after which library and model differ, or -1.
int first_difference(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const TierConfig config = random() % 4 == 0 ? TierConfig{} : random_config(random);
  // Half of the clocks wrap around within the run.
  const auto start = static_cast<std::uint32_t>(random() % 2 == 0 ? 0xffffff00U : random());
  TierBench bench(config, start);
  TierModel model(config);
  std::int64_t elapsed = 0;
  for (int i = 0; i < 600; ++i) {
    const nanoseconds bound = config.tiers[index_of(model.tier())].good_poll;
    const nanoseconds cpus[]{
        0ns, bound - 1ns, bound, config.cpu_budget, config.cpu_budget + 1ns, config.cpu_budget * 2};
    // Runs of equal polls; otherwise no row of good ones would be long enough.
    const nanoseconds cpu = cpus[random() % 6];
    const auto run = static_cast<int>(random() % 2 == 0 ? 1 : random() % 30);
    for (int r = 0; r < run; ++r) {
      const bool exhausted = random() % 16 == 0;
      if (exhausted) bench.tiers.budget(bench.poll.task).exhaust();
      bench.polls(1, cpu);
      model.poll(elapsed * TickClock::kTick, cpu, exhausted);
      if (bench.tier() != model.tier()) return i;
    }
    const std::int64_t step = random() % 3 == 0 ? 0 : static_cast<std::int64_t>(random() % 8000);
    elapsed += step;
    bench.ticks += static_cast<std::uint32_t>(step);
  }
  return bench.tiers.get_metrics().violations == model.violations_ever() ? -1 : 600;
}

}  // namespace

TEST_CASE("the library moves tasks as the plain reference model does") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    CAPTURE(seed);
    REQUIRE(first_difference(seed) == -1);
  }
}
