#include "pulse/state_manager.hpp"

#include <limits>

#include "pulse/tick_clock.hpp"

namespace pulse {
namespace {

constexpr std::uint32_t kSecond = TickClock::ticks(std::chrono::seconds{1});

Tier tier_of(const TierState& state) noexcept {
  return state.tier.load(std::memory_order_relaxed);  // relaxed: the owner's own earlier store
}

/// A tier's time counts from the first evaluation in it.
void start_time(TierState& state, std::uint32_t now) noexcept {
  if (state.is_timed) return;
  state.is_timed = true;
  state.entered = now;
}

/// Saturates instead of wrapping: a task that keeps violating stays above the limit.
void count(std::uint32_t& counter) noexcept {
  if (counter != std::numeric_limits<std::uint32_t>::max()) ++counter;
}

}  // namespace

void StateManager::note_violation(TierState& state, std::uint32_t now) const noexcept {
  start_time(state, now);
  state.good_polls = 0;
  count(state.violations);
  if (!state.has_offended || now - state.window_start >= kSecond) {
    state.window_start = now;
    state.window_violations = 0;
  }
  state.has_offended = true;
  state.last_violation = now;
  count(state.window_violations);
  if (state.window_violations > rules_.violations_per_second) {
    state.is_cooling = true;
    state.last_frequent = now;
  }
}

bool StateManager::wants_change(const TierState& state) const noexcept {
  return wants_promotion(state) || wants_calm(state);
}

bool StateManager::evaluate(TierState& state, std::uint32_t now) const noexcept {
  start_time(state, now);
  const Tier tier = tier_of(state);
  if (wants_promotion(state)) {
    return transition(state, static_cast<Tier>(index_of(tier) + 1), now);
  }
  if (!wants_calm(state)) return false;
  if (tier != Tier::monitor) return transition(state, static_cast<Tier>(index_of(tier) - 1), now);
  // There is no tier below, so the violations are cleared.
  if (may_calm(state, now)) state.violations = state.good_polls = 0;
  return false;
}

bool StateManager::transition(TierState& state, Tier to, std::uint32_t now) const noexcept {
  start_time(state, now);
  const std::size_t from = index_of(tier_of(state));
  const bool rises = index_of(to) == from + 1 && to <= Tier::isolate;
  const bool calms = index_of(to) + 1 == from;
  if (!(rises && may_rise(state, now)) && !(calms && may_calm(state, now))) return false;
  // Release: TierManager::get_tier(TaskId) has the reason.
  state.tier.store(to, std::memory_order_release);
  state.entered = now;
  state.good_polls = state.violations = 0;
  return true;
}

const TierRules::OfTier& StateManager::rules_of(const TierState& state) const noexcept {
  return rules_.tiers[index_of(tier_of(state))];
}

bool StateManager::wants_promotion(const TierState& state) const noexcept {
  return tier_of(state) != Tier::isolate &&
         state.violations >= rules_of(state).violations_to_promote;
}

bool StateManager::wants_calm(const TierState& state) const noexcept {
  const bool can_calm = tier_of(state) != Tier::monitor || state.violations != 0;
  return can_calm && state.good_polls >= rules_of(state).good_polls_to_demote;
}

bool StateManager::may_rise(const TierState& state, std::uint32_t now) const noexcept {
  return now - state.entered >= rules_.hysteresis_up_ticks;
}

bool StateManager::may_calm(const TierState& state, std::uint32_t now) const noexcept {
  return now - state.entered >= rules_of(state).least_ticks &&
         (!state.has_offended || now - state.last_violation >= rules_.hysteresis_down_ticks) &&
         !check_cooldown(state, now);
}

}  // namespace pulse
