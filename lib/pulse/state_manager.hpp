#pragma once

#include <cstdint>

#include "pulse/tier_rules.hpp"
#include "pulse/tier_state.hpp"

namespace pulse {

/// The tier rules as a state machine: which changes of tier are legal, and when. Has no state of
/// its own; the calls are for the task's owner. `now` is in ticks of TickClock.
class StateManager {
 public:
  /// `rules` has to outlive the calls.
  explicit StateManager(const TierRules& rules) noexcept : rules_(rules) {}

  /// Counts a violation, and starts or prolongs the cooldown where they come too often.
  void note_violation(TierState& state, std::uint32_t now) const noexcept;

  /// Counts a poll that was no violation; a good one makes the row longer, another one breaks it.
  static void note_poll(TierState& state, bool is_good) noexcept {
    state.good_polls = is_good ? state.good_polls + 1 : 0;
  }

  /// True where the counts ask for a change, in either direction. Needs no time, so a caller asks
  /// the clock only then.
  [[nodiscard]] bool wants_change(const TierState& state) const noexcept;

  /// Makes the change that the counts ask for, if the times allow it; true where the tier changed.
  bool evaluate(TierState& state, std::uint32_t now) const noexcept;

  /// Moves the task to a neighbouring tier, and clears its counts; false, and nothing moves, where
  /// `to` is no neighbour or the times do not allow it. A cooldown holds demotions back, and never
  /// a promotion.
  bool transition(TierState& state, Tier to, std::uint32_t now) const noexcept;

  /// True while violations have come so often that the task is not to be demoted.
  [[nodiscard]] bool check_cooldown(const TierState& state, std::uint32_t now) const noexcept {
    return state.is_cooling && now - state.last_frequent < rules_.cooldown_ticks;
  }

 private:
  [[nodiscard]] const TierRules::OfTier& rules_of(const TierState& state) const noexcept;
  [[nodiscard]] bool wants_promotion(const TierState& state) const noexcept;
  [[nodiscard]] bool wants_calm(const TierState& state) const noexcept;
  [[nodiscard]] bool may_rise(const TierState& state, std::uint32_t now) const noexcept;
  [[nodiscard]] bool may_calm(const TierState& state, std::uint32_t now) const noexcept;

  const TierRules& rules_;
};

}  // namespace pulse
