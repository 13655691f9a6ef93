#include "pulse/tier_hooks.hpp"

#include <cassert>

#include "pulse/cpu_timer.hpp"

namespace pulse {
namespace {

/// `ready` if there is more work to do. A comparison would cost as much as the store of the state.
constexpr TaskState state_after(PollResult result) noexcept {
  return static_cast<TaskState>(static_cast<unsigned>(result) & 1U);
}
static_assert(state_after(PollResult::again) == TaskState::ready);
static_assert(state_after(PollResult::waiting) == TaskState::waiting);
static_assert(state_after(PollResult::done) == TaskState::waiting);

}  // namespace

template <Statistics kStatistics>
BasicTierHooks<kStatistics>::BasicTierHooks(TierManager& tiers, Timing timing)
    : tiers_(tiers),
      timing_(timing),
      is_timed_(timing != Timing::none),
      starts_(tiers.group().capacity()) {
  assert(kStatistics == Statistics::none || tiers.keeps_statistics());
}

template <Statistics kStatistics>
void BasicTierHooks<kStatistics>::before_poll(const PollContext& poll) noexcept {
  if constexpr (kStatistics == Statistics::kept) {
    // Relaxed, here and below: a watch begins and ends at some poll.
    if (is_timed_.load(std::memory_order_relaxed)) [[unlikely]]
      return start_timed(poll);
    const PollContext copy = poll;  // so that the slot is read once
    tiers_.watch().enter(*copy.task.slot, TaskState::running, 0);
    return tiers_.before_poll(copy);
  }
  start(poll);
}

template <Statistics kStatistics>
Decision BasicTierHooks<kStatistics>::after_poll(const PollContext& poll,
                                                 PollResult result) noexcept {
  if constexpr (kStatistics == Statistics::kept) {
    if (is_timed_.load(std::memory_order_relaxed)) [[unlikely]]
      return stop_timed(poll, result);
    tiers_.watch().enter(*poll.task.slot, state_after(result), 0);
    return tiers_.after_poll<kStatistics>(poll, result, std::chrono::nanoseconds{0});
  }
  return stop(poll, result);
}

template <Statistics kStatistics>
void BasicTierHooks<kStatistics>::start(const PollContext& poll) noexcept {
  tiers_.before_poll(poll);
  if (timing_ != Timing::none) start_clock(poll);
}

template <Statistics kStatistics>
void BasicTierHooks<kStatistics>::start_clock(const PollContext& poll) noexcept {
  starts_[poll.worker] = {CpuTimer::thread_cpu_time(), true};
}

template <Statistics kStatistics>
Decision BasicTierHooks<kStatistics>::stop(const PollContext& poll, PollResult result) noexcept {
  if (timing_ == Timing::none)
    return tiers_.after_poll<kStatistics>(poll, result, std::chrono::nanoseconds{0});
  return stop_clock(poll, result);
}

// Not inlined, as the two below: otherwise polls that are not timed would save registers for its
// calls.
template <Statistics kStatistics>
[[gnu::noinline]] Decision BasicTierHooks<kStatistics>::stop_clock(const PollContext& poll,
                                                                   PollResult result) noexcept {
  Start& start = starts_[poll.worker];
  const auto cpu_time =
      start.is_set ? CpuTimer::thread_cpu_time() - start.cpu_time : std::chrono::nanoseconds{0};
  start.is_set = false;
  return tiers_.after_poll<kStatistics>(poll, result, cpu_time);
}

template <Statistics kStatistics>
[[gnu::noinline]] void BasicTierHooks<kStatistics>::start_timed(const PollContext& poll) noexcept {
  PollWatch& watch = tiers_.watch();
  watch.enter(*poll.task.slot, TaskState::running, watch.since());
  start(poll);
}

template <Statistics kStatistics>
[[gnu::noinline]] Decision BasicTierHooks<kStatistics>::stop_timed(const PollContext& poll,
                                                                   PollResult result) noexcept {
  PollWatch& watch = tiers_.watch();
  watch.enter(*poll.task.slot, state_after(result), watch.since());
  return stop(poll, result);
}

template class BasicTierHooks<Statistics::none>;
template class BasicTierHooks<Statistics::kept>;

std::shared_ptr<PreemptionHooks> hooks_of(TierManager& tiers, Timing timing) {
  if (tiers.keeps_statistics()) {
    auto hooks = std::make_shared<StatisticsHooks>(tiers, timing);
    if (timing == Timing::none) tiers.watch().tell({hooks, &hooks->is_timed_});
    return hooks;
  }
  return std::make_shared<TierHooks>(tiers, timing);
}

}  // namespace pulse
