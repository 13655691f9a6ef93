#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "pulse/tier.hpp"

namespace pulse {

/// Rules for the tasks of one tier.
struct TierPolicy {
  std::uint32_t good_polls_to_demote;    ///< so many in a row demote; monitor: clear the violations
  std::chrono::milliseconds least_time;  ///< in the tier, before a demotion
  std::chrono::nanoseconds good_poll;    ///< a poll below this CPU time is good
  std::uint32_t polls_between_evaluations;  ///< how often the rules are evaluated
};

/// The tier rules, see docs/pulse.md. `problem_of` returns what is wrong with a field.
struct TierConfig {
  std::array<TierPolicy, kTierCount> tiers{{
      {100, std::chrono::seconds{5}, std::chrono::microseconds{100}, 20},
      {75, std::chrono::seconds{3}, std::chrono::microseconds{200}, 15},
      {50, std::chrono::seconds{2}, std::chrono::microseconds{500}, 10},
      {25, std::chrono::seconds{10}, std::chrono::milliseconds{1}, 5},
  }};
  /// Number of violations that promote a task from monitor, from warn and from yield.
  std::array<std::uint32_t, kTierCount - 1> violations_to_promote{5, 3, 2};
  /// Units that a task of normal priority may consume until it has to yield.
  std::uint32_t poll_budget = 2000;
  /// Factor on the budget by priority: critical, high, normal, low.
  std::array<double, 4> priority_factor{4.0, 2.0, 1.0, 0.5};
  /// A poll above this CPU time is a violation.
  std::chrono::nanoseconds cpu_budget = std::chrono::milliseconds{10};
  /// Minimum time between a change of tier and a promotion.
  std::chrono::milliseconds hysteresis_up{100};
  /// Minimum time between a violation and a demotion.
  std::chrono::milliseconds hysteresis_down{500};
  /// More violations than this within a second start a cooldown without demotions.
  std::uint32_t violations_per_second = 10;
  std::chrono::milliseconds cooldown{1000};
};

/// First problem of `config`, with the field, the value and the bound; nothing if it is valid.
[[nodiscard]] std::optional<std::string> problem_of(const TierConfig& config);

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
