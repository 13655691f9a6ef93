#include "pulse/tier_config.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "pulse/tier_manager.hpp"

using namespace std::chrono_literals;
using pulse::problem_of;
using pulse::TierConfig;

namespace {

template <class Change>
std::string problem_after(Change change) {
  TierConfig config;
  change(config);
  return problem_of(config).value_or("none");
}

}  // namespace

TEST_CASE("the defaults are valid, and those of the design") {
  const TierConfig config;
  CHECK_FALSE(problem_of(config).has_value());
  // The table of docs/pulse.md, "Tier rules".
  CHECK(config.violations_to_promote == std::array<std::uint32_t, 3>{5, 3, 2});
  const std::array<std::uint32_t, 4> good{100, 75, 50, 25};
  const std::array<std::uint32_t, 4> interval{20, 15, 10, 5};
  const std::array<std::chrono::milliseconds, 4> least{5s, 3s, 2s, 10s};
  const std::array<std::chrono::nanoseconds, 4> bound{100us, 200us, 500us, 1ms};
  for (std::size_t t = 0; t < 4; ++t) {
    CHECK(config.tiers[t].good_polls_to_demote == good[t]);
    CHECK(config.tiers[t].polls_between_evaluations == interval[t]);
    CHECK(config.tiers[t].least_time == least[t]);
    CHECK(config.tiers[t].good_poll == bound[t]);
  }
  CHECK(config.poll_budget == 2000);
  CHECK(config.priority_factor == std::array<double, 4>{4.0, 2.0, 1.0, 0.5});
  CHECK(config.hysteresis_up == 100ms);
  CHECK(config.hysteresis_down == 500ms);
  CHECK(config.violations_per_second == 10);
  CHECK(config.cooldown == 1s);
}

TEST_CASE("the error for a field out of range has its name and the way out") {
  CHECK(problem_after([](auto& c) { c.poll_budget = 0; }) == "poll_budget is 0; give at least 1");
  CHECK(problem_after([](auto& c) { c.violations_to_promote[1] = 0; }) ==
        "violations_to_promote is 0; give at least 1");
  CHECK(problem_after([](auto& c) { c.tiers[2].polls_between_evaluations = 0; }) ==
        "tiers[yield].polls_between_evaluations is 0; give at least 1");
  CHECK(problem_after([](auto& c) { c.tiers[0].good_polls_to_demote = 0; }) ==
        "tiers[monitor].good_polls_to_demote is 0; give at least 1");
  CHECK(problem_after([](auto& c) { c.hysteresis_up = -1ms; }) ==
        "hysteresis_up is negative; give 0 or more");
  CHECK(problem_after([](auto& c) { c.tiers[3].least_time = 25h; }) ==
        "tiers[isolate].least_time is longer than a day; give at most 24 h");
  CHECK(problem_after([](auto& c) { c.cpu_budget = 0ns; }) ==
        "cpu_budget is not positive; give at least 1 ns");
  CHECK(problem_after([](auto& c) { c.cpu_budget = 999us; }) ==
        "tiers[isolate].good_poll is above cpu_budget; a violation cannot be a good poll");
  CHECK(problem_after([](auto& c) { c.violations_per_second = 0; }) ==
        "violations_per_second is 0; give at least 1");
}

TEST_CASE("a priority's budget is a whole number of units that fits") {
  CHECK(problem_after([](auto& c) { c.priority_factor[3] = 0.0004; }) ==
        "priority_factor 0.000400 leaves no whole unit of poll_budget");
  CHECK(problem_after([](auto& c) { c.priority_factor[3] = 0.0005; }) == "none");
  CHECK(problem_after([](auto& c) { c.priority_factor[0] = std::nan(""); }) ==
        "priority_factor nan leaves no whole unit of poll_budget");
  CHECK(problem_after([](auto& c) { c.poll_budget = 0x40000000; }) ==
        "priority_factor 4.000000 makes a budget of more than 2^32 - 1");
}

TEST_CASE("an invalid update is refused and changes nothing") {
  pulse::WorkerGroup group;
  pulse::TierManager tiers(group);
  TierConfig config;
  config.poll_budget = 7;
  config.cooldown = -1s;
  CHECK(tiers.update_config(config) == "cooldown is negative; give 0 or more");
  CHECK(tiers.budget(tiers.register_task()).remaining() == 2000);
  config.cooldown = 1s;
  CHECK_FALSE(tiers.update_config(config).has_value());
  CHECK(tiers.budget(tiers.register_task()).remaining() == 7);
}
