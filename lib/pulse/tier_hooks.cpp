#include "pulse/tier_hooks.hpp"

#include <cassert>

#include "pulse/cpu_timer.hpp"

namespace pulse {

template <Statistics kStatistics>
BasicTierHooks<kStatistics>::BasicTierHooks(TierManager& tiers, Timing timing)
    : tiers_(tiers), timing_(timing), starts_(tiers.group().capacity()) {
  assert(kStatistics == Statistics::none || tiers.keeps_statistics());
}

template <Statistics kStatistics>
void BasicTierHooks<kStatistics>::before_poll(const PollContext& poll) noexcept {
  if constexpr (kStatistics == Statistics::kept) {
    const std::uint64_t since = tiers_.watch().since();
    if (since != 0) [[unlikely]]
      return start_watched(poll, since);
    PollWatch::begin_poll(TaskTable::stats_of(poll.task.slot));
  }
  start(poll);
}

template <Statistics kStatistics>
Decision BasicTierHooks<kStatistics>::after_poll(const PollContext& poll,
                                                 PollResult result) noexcept {
  if constexpr (kStatistics == Statistics::kept) {
    const std::uint64_t since = tiers_.watch().since();
    if (since != 0) [[unlikely]]
      return stop_watched(poll, result, since);
    PollWatch::end_poll(TaskTable::stats_of(poll.task.slot), result == PollResult::again);
  }
  return stop(poll, result);
}

template <Statistics kStatistics>
void BasicTierHooks<kStatistics>::start(const PollContext& poll) noexcept {
  tiers_.before_poll(poll);
  if (timing_ == Timing::none) return;
  starts_[poll.worker] = {CpuTimer::thread_cpu_time(), true};
}

template <Statistics kStatistics>
Decision BasicTierHooks<kStatistics>::stop(const PollContext& poll, PollResult result) noexcept {
  if (timing_ == Timing::none) return tiers_.after_poll(poll, result, std::chrono::nanoseconds{0});
  Start& start = starts_[poll.worker];
  const auto cpu_time =
      start.is_set ? CpuTimer::thread_cpu_time() - start.cpu_time : std::chrono::nanoseconds{0};
  start.is_set = false;
  return tiers_.after_poll(poll, result, cpu_time);
}

// Not inlined: otherwise polls without a watch would save registers for its calls.
template <Statistics kStatistics>
[[gnu::noinline]] void BasicTierHooks<kStatistics>::start_watched(const PollContext& poll,
                                                                  std::uint64_t since) noexcept {
  tiers_.watch().begin_timed_poll(TaskTable::stats_of(poll.task.slot), since);
  start(poll);
}

template <Statistics kStatistics>
[[gnu::noinline]] Decision BasicTierHooks<kStatistics>::stop_watched(const PollContext& poll,
                                                                     PollResult result,
                                                                     std::uint64_t since) noexcept {
  tiers_.watch().end_timed_poll(TaskTable::stats_of(poll.task.slot), result == PollResult::again,
                                since);
  return stop(poll, result);
}

template class BasicTierHooks<Statistics::none>;
template class BasicTierHooks<Statistics::kept>;

std::shared_ptr<PreemptionHooks> hooks_of(TierManager& tiers, Timing timing) {
  if (tiers.keeps_statistics()) return std::make_shared<StatisticsHooks>(tiers, timing);
  return std::make_shared<TierHooks>(tiers, timing);
}

}  // namespace pulse
