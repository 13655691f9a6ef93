#pragma once

#include <array>
#include <cstdint>

#include "pulse/tier_config.hpp"

namespace pulse {

/// A valid TierConfig in the units of the hot path. Immutable: an update creates a new one.
struct TierRules {
  struct OfTier {
    std::int64_t good_poll_ns;
    std::uint32_t good_polls_to_demote;
    std::uint32_t violations_to_promote;  ///< isolate: 0, there is no tier above
    std::uint32_t polls_between_evaluations;
    std::uint32_t least_ticks;
  };

  explicit TierRules(const TierConfig& config);

  std::array<OfTier, kTierCount> tiers;
  std::array<std::uint32_t, 4> budget;  ///< units, by priority
  std::int64_t cpu_budget_ns;
  std::uint32_t hysteresis_up_ticks;
  std::uint32_t hysteresis_down_ticks;
  std::uint32_t cooldown_ticks;
  std::uint32_t violations_per_second;
};

}  // namespace pulse
