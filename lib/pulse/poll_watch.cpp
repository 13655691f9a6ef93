#include "pulse/poll_watch.hpp"

#include <algorithm>

namespace pulse {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;  // of loads: the writer's own earlier stores
constexpr auto kRelease = std::memory_order_release;  // of stores: see TaskStats

template <class Number>
void add(std::atomic<Number>& sum, Number more) noexcept {
  sum.store(sum.load(kRelaxed) + more, kRelease);
}

void forget_times(const TaskStats& stats) noexcept {
  stats.hot.busy.store(0, kRelease);
  stats.hot.queued.store(0, kRelease);
  stats.hot.longest.store(0, kRelease);
  for (auto& bucket : stats.times.polls) bucket.store(0, kRelease);
  stats.times.self_wakes.store(0, kRelease);
}

}  // namespace

void PollWatch::add_listener(WatchListener& listener) {
  const std::lock_guard lock(mutex_);
  listeners_.push_back(&listener);
  listener.on_watch(since() != 0);
}

void PollWatch::remove_listener(const WatchListener& listener) {
  const std::lock_guard lock(mutex_);
  std::erase(listeners_, &listener);
}

void PollWatch::set(std::uint64_t since) noexcept {
  const std::lock_guard lock(mutex_);
  since_.store(since, kRelaxed);  // publishes no other data
  for (WatchListener* const listener : listeners_) listener->on_watch(since != 0);
}

/// Between two watches, so that no operation is counted. One that ends at the same moment may be
/// counted in the next watch: it read `since` before.
void PollWatch::forget_operations() noexcept {
  if (operations_ == nullptr) return;
  set(0);
  operations_->for_each([](PlaceTable<OperationCounts>::Entry& entry) {
    OperationCounts& counts = entry.counts;
    for (auto* const count :
         {&counts.begun, &counts.ended, &counts.given_up, &counts.total, &counts.longest}) {
      count->store(0, kRelaxed);
    }
  });
}

void PollWatch::begin_task(TaskSlot& slot, Location where) const noexcept {
  const TaskStats stats = TaskTable::stats_of(&slot);
  const std::uint64_t start = now();
  forget_times(stats);
  stats.polls_left.store(0, kRelease);
  stats.hot.evaluation.store(0, kRelease);
  stats.hot.file.store(where.file, kRelease);
  stats.hot.line.store(where.line, kRelease);
  stats.hot.backlog.store(0, kRelease);
  stats.hot.registered.store(start, kRelease);
  stats.state.store(TaskState::waiting, kRelease);
  stats.hot.since.store(start, kRelease);
}

void PollWatch::enter_timed(TaskSlot& slot, TaskState state,
                            std::uint64_t watched_since) const noexcept {
  const TaskStats stats = TaskTable::stats_of(&slot);
  TaskStats::Line& hot = stats.hot;
  const TaskState from = stats.state.load(kRelaxed);
  if (from == state) return;
  const std::uint64_t entered = hot.since.load(kRelaxed);
  hot.since.store(0, kRelease);  // a reader tries again
  if (entered < watched_since) forget_times(stats);
  const std::uint64_t time = now();
  // The clock of another CPU may be behind by some counts.
  const std::uint64_t begin = std::max(entered, watched_since);
  const std::uint64_t spent = time > begin ? time - begin : 0;
  if (from == TaskState::running) {
    add(hot.busy, spent);
    hot.longest.store(std::max(hot.longest.load(kRelaxed), spent), kRelease);
    const auto ns = static_cast<std::uint64_t>(time_of(spent).count());
    add(stats.times.polls[PollTimes::bucket_of(ns)], 1U);
    if (state == TaskState::ready) add(stats.times.self_wakes, 1U);
  } else if (from == TaskState::ready) {
    add(hot.queued, spent);
  }
  stats.state.store(state, kRelease);
  hot.since.store(std::max(time, watched_since), kRelease);
}

}  // namespace pulse
