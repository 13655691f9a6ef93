#include "pulse/tier_hooks.hpp"

#include "pulse/cpu_timer.hpp"

namespace pulse {

TierHooks::TierHooks(TierManager& tiers, Timing timing)
    : tiers_(tiers), timing_(timing), starts_(tiers.group().capacity()) {}

void TierHooks::before_poll(const PollContext& poll) noexcept {
  tiers_.before_poll(poll);
  if (timing_ == Timing::none) return;
  starts_[poll.worker] = {CpuTimer::thread_cpu_time(), true};
}

Decision TierHooks::after_poll(const PollContext& poll, PollResult result) noexcept {
  if (timing_ == Timing::none) return tiers_.after_poll(poll, result, std::chrono::nanoseconds{0});
  Start& start = starts_[poll.worker];
  const auto cpu_time =
      start.is_set ? CpuTimer::thread_cpu_time() - start.cpu_time : std::chrono::nanoseconds{0};
  start.is_set = false;
  return tiers_.after_poll(poll, result, cpu_time);
}

}  // namespace pulse
