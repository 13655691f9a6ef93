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
    tiers_.watch().begin_poll(TaskTable::stats_of(poll.task.slot));
  }
  tiers_.before_poll(poll);
  if (timing_ == Timing::none) return;
  starts_[poll.worker] = {CpuTimer::thread_cpu_time(), true};
}

template <Statistics kStatistics>
Decision BasicTierHooks<kStatistics>::after_poll(const PollContext& poll,
                                                 PollResult result) noexcept {
  if constexpr (kStatistics == Statistics::kept) {
    tiers_.watch().end_poll(TaskTable::stats_of(poll.task.slot), result == PollResult::again);
  }
  if (timing_ == Timing::none) return tiers_.after_poll(poll, result, std::chrono::nanoseconds{0});
  Start& start = starts_[poll.worker];
  const auto cpu_time =
      start.is_set ? CpuTimer::thread_cpu_time() - start.cpu_time : std::chrono::nanoseconds{0};
  start.is_set = false;
  return tiers_.after_poll(poll, result, cpu_time);
}

template class BasicTierHooks<Statistics::none>;
template class BasicTierHooks<Statistics::kept>;

std::shared_ptr<PreemptionHooks> hooks_of(TierManager& tiers, Timing timing) {
  if (tiers.keeps_statistics()) return std::make_shared<StatisticsHooks>(tiers, timing);
  return std::make_shared<TierHooks>(tiers, timing);
}

}  // namespace pulse
