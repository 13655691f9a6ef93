#include "pulse/tier_rules.hpp"

#include "pulse/tick_clock.hpp"

namespace pulse {

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
