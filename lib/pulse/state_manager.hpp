#pragma once

#include <cstdint>

#include "pulse/task_slot.hpp"
#include "pulse/tier_config.hpp"

namespace pulse {

/// The tier rules as a state machine: decides which changes of tier are allowed, and when. It has
/// no state; the task's owner calls it. `now` is in ticks of TickClock.
class StateManager {
 public:
  /// `rules` has to outlive the calls.
  explicit StateManager(const TierRules& rules) noexcept : rules_(rules) {}

  /// Counts a violation, and starts or extends the cooldown if violations are too frequent.
  void note_violation(TierState& state, std::uint32_t now) const noexcept;

  /// Counts a poll without violation. A poll that is not good resets the count of good polls.
  static void note_poll(TierState& state, bool is_good) noexcept {
    state.good_polls = is_good ? state.good_polls + 1 : 0;
  }

  /// True if the counts require a change in either direction. The caller reads the clock only then.
  [[nodiscard]] bool wants_change(const TierState& state) const noexcept;

  /// Makes the change that the counts require, if the times allow it; true if the tier changed.
  bool evaluate(TierState& state, std::uint32_t now) const noexcept;

  /// Moves the task to a neighbouring tier and clears its counts. False, without a change, if `to`
  /// is not a neighbour or the times do not allow it. A cooldown delays demotions, never a
  /// promotion.
  bool transition(TierState& state, Tier to, std::uint32_t now) const noexcept;

  /// True while violations are too frequent for a demotion.
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
