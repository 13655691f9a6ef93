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
    : tiers_(tiers), timing_(timing), starts_(tiers.group().capacity()) {
  assert(kStatistics == Statistics::none || tiers.keeps_statistics());
}

template <Statistics kStatistics>
void BasicTierHooks<kStatistics>::before_poll(const PollContext& poll) noexcept {
  if constexpr (kStatistics == Statistics::kept) {
    PollWatch& watch = tiers_.watch();
    watch.enter(*poll.task.slot, TaskState::running, watch.since());
  }
  tiers_.before_poll(poll);
  if (timing_ != Timing::none) start_clock(poll);
}

template <Statistics kStatistics>
Decision BasicTierHooks<kStatistics>::after_poll(const PollContext& poll,
                                                 PollResult result) noexcept {
  if constexpr (kStatistics == Statistics::kept) {
    PollWatch& watch = tiers_.watch();
    watch.enter(*poll.task.slot, state_after(result), watch.since());
  }
  if (timing_ == Timing::none) return tiers_.after_poll<kStatistics>(poll, result);
  return stop_clock(poll, result);
}

template <Statistics kStatistics>
void BasicTierHooks<kStatistics>::start_clock(const PollContext& poll) noexcept {
  starts_[poll.worker] = {CpuTimer::thread_cpu_time(), true};
}

// Not inlined: otherwise polls that are not timed would save registers for its calls.
template <Statistics kStatistics>
[[gnu::noinline]] Decision BasicTierHooks<kStatistics>::stop_clock(const PollContext& poll,
                                                                   PollResult result) noexcept {
  Start& start = starts_[poll.worker];
  const auto cpu_time =
      start.is_set ? CpuTimer::thread_cpu_time() - start.cpu_time : std::chrono::nanoseconds{0};
  start.is_set = false;
  return tiers_.after_poll<kStatistics>(poll, result, cpu_time);
}

template class BasicTierHooks<Statistics::none>;
template class BasicTierHooks<Statistics::kept>;

UnwatchedHooks::UnwatchedHooks(TierManager& tiers) : tiers_(tiers) {
  assert(tiers.keeps_statistics());
}

void UnwatchedHooks::before_poll(const PollContext& poll) noexcept {
  const PollContext copy = poll;  // so that the slot is read once
  tiers_.watch().enter(*copy.task.slot, TaskState::running, 0);
  tiers_.before_poll(copy);
}

Decision UnwatchedHooks::after_poll(const PollContext& poll, PollResult result) noexcept {
  tiers_.watch().enter(*poll.task.slot, state_after(result), 0);
  return tiers_.after_poll<Statistics::kept>(poll, result);
}

TierConnection::TierConnection(HookRegistry& registry, TierManager& tiers, Timing timing)
    : registry_(registry), watch_(tiers.watch()) {
  if (tiers.keeps_statistics()) {
    hooks_ = std::make_shared<StatisticsHooks>(tiers, timing);
    if (timing == Timing::none) unwatched_ = std::make_shared<UnwatchedHooks>(tiers);
  } else {
    hooks_ = std::make_shared<TierHooks>(tiers, timing);
  }
  watch_.add_listener(*this);
}

TierConnection::~TierConnection() {
  watch_.remove_listener(*this);
  registry_.clear_hooks();
}

void TierConnection::on_watch(bool is_watched) {
  registry_.set_hooks(is_watched || unwatched_ == nullptr ? hooks_ : unwatched_);
}

}  // namespace pulse
