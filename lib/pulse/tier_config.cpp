#include "pulse/tier_config.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "pulse/tick_clock.hpp"

namespace pulse {
namespace {

using std::chrono::nanoseconds;

// The clock of the rules wraps after 78 hours, far above one day.
constexpr nanoseconds kLongest = std::chrono::hours{24};

class Check {
 public:
  void at_least_one(const std::string& field, std::uint32_t value) {
    if (value == 0) add(field + " is 0; give at least 1");
  }

  void within_a_day(const std::string& field, nanoseconds value) {
    if (value < nanoseconds::zero()) add(field + " is negative; give 0 or more");
    if (value > kLongest) add(field + " is longer than a day; give at most 24 h");
  }

  void positive(const std::string& field, nanoseconds value) {
    if (value <= nanoseconds::zero()) add(field + " is not positive; give at least 1 ns");
    within_a_day(field, value);
  }

  void add(std::string problem) {
    if (!first_) first_ = std::move(problem);
  }

  [[nodiscard]] std::optional<std::string> first() const { return first_; }

 private:
  std::optional<std::string> first_;
};

void check_tier(Check& check, Tier tier, const TierConfig& config) {
  const TierPolicy& policy = config.tiers[index_of(tier)];
  const std::string name = std::string("tiers[") + name_of(tier) + "].";
  check.at_least_one(name + "good_polls_to_demote", policy.good_polls_to_demote);
  check.at_least_one(name + "polls_between_evaluations", policy.polls_between_evaluations);
  check.within_a_day(name + "least_time", policy.least_time);
  check.positive(name + "good_poll", policy.good_poll);
  if (policy.good_poll > config.cpu_budget) {
    check.add(name + "good_poll is above cpu_budget; a violation cannot be a good poll");
  }
}

}  // namespace

std::optional<std::string> problem_of(const TierConfig& config) {
  Check check;
  check.at_least_one("poll_budget", config.poll_budget);
  check.positive("cpu_budget", config.cpu_budget);
  check.within_a_day("hysteresis_up", config.hysteresis_up);
  check.within_a_day("hysteresis_down", config.hysteresis_down);
  check.at_least_one("violations_per_second", config.violations_per_second);
  check.within_a_day("cooldown", config.cooldown);
  for (const Tier tier : {Tier::monitor, Tier::warn, Tier::yield, Tier::isolate}) {
    check_tier(check, tier, config);
  }
  for (const std::uint32_t violations : config.violations_to_promote) {
    check.at_least_one("violations_to_promote", violations);
  }
  for (const double factor : config.priority_factor) {
    const double units = factor * config.poll_budget;
    if (!std::isfinite(factor) || units < 1.0) {
      check.add("priority_factor " + std::to_string(factor) +
                " leaves no whole unit of poll_budget");
    } else if (units > std::numeric_limits<std::uint32_t>::max()) {
      check.add("priority_factor " + std::to_string(factor) +
                " makes a budget of more than 2^32 - 1");
    }
  }
  return check.first();
}

TierRules::TierRules(const TierConfig& config)
    : cpu_budget_ns(config.cpu_budget.count()),
      hysteresis_up_ticks(TickClock::ticks(config.hysteresis_up)),
      hysteresis_down_ticks(TickClock::ticks(config.hysteresis_down)),
      cooldown_ticks(TickClock::ticks(config.cooldown)),
      violations_per_second(config.violations_per_second) {
  for (std::size_t t = 0; t < kTierCount; ++t) {
    const TierPolicy& policy = config.tiers[t];
    const bool is_top = t == config.violations_to_promote.size();
    tiers[t] = {.good_poll_ns = policy.good_poll.count(),
                .good_polls_to_demote = policy.good_polls_to_demote,
                .violations_to_promote = is_top ? 0 : config.violations_to_promote[t],
                .polls_between_evaluations = policy.polls_between_evaluations,
                .least_ticks = TickClock::ticks(policy.least_time)};
  }
  for (std::size_t p = 0; p < budget.size(); ++p) {
    budget[p] = static_cast<std::uint32_t>(config.priority_factor[p] * config.poll_budget);
  }
}

}  // namespace pulse
