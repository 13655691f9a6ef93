#include "pulse/task_snapshot.hpp"

#include <algorithm>
#include <limits>

namespace pulse {
namespace {

constexpr auto kAcquire = std::memory_order_acquire;  // of all loads: see TaskStats

/// A change that several loads must not see half of takes some nanoseconds unless its thread is
/// preempted, so the tries are bounded.
constexpr int kTries = 100;

/// Counts of the clock that belong together.
struct Times {
  TaskState state = TaskState::waiting;
  std::uint64_t since = 0, busy = 0, queued = 0, longest = 0;
};

/// Reads until no change was under way, so that a poll counts either as the present one or as an
/// ended one.
Times times_of(const TaskStats& stats) noexcept {
  Times times;
  for (int i = 0; i < kTries; ++i) {
    times.since = stats.hot.since.load(kAcquire);
    times.state = stats.state.load(kAcquire);
    times.busy = stats.hot.busy.load(kAcquire);
    times.queued = stats.hot.queued.load(kAcquire);
    times.longest = stats.hot.longest.load(kAcquire);
    if (times.since != 0 && stats.hot.since.load(kAcquire) == times.since) return times;
  }
  // The owner is preempted in the middle of a change: no time in its state so far.
  times.since = std::numeric_limits<std::uint64_t>::max();
  times.longest = std::min(times.longest, times.busy);  // one of the two may be an earlier watch's
  return times;
}

}  // namespace

/// Tries again only where the owner has moved the evaluation meanwhile.
std::uint64_t polls_of(const TaskStats& stats) noexcept {
  std::uint64_t ended = 0;
  for (int i = 0; i < kTries; ++i) {
    const std::uint64_t evaluation = stats.hot.evaluation.load(kAcquire);
    if ((evaluation & TaskStats::Line::kMoving) != 0) return evaluation & ~TaskStats::Line::kMoving;
    ended = evaluation - stats.polls_left.load(kAcquire);
    if (stats.hot.evaluation.load(kAcquire) == evaluation) break;
  }
  return ended;
}

std::optional<TaskSnapshot> snapshot_of(const TaskSlot& slot, TaskStats stats,
                                        const PollWatch& watch) noexcept {
  const std::uint64_t id = slot.id.load(kAcquire);
  if ((id & TaskSlot::kVacant) != 0) return std::nullopt;
  TaskSnapshot task;
  task.id = TaskId{id};
  task.tier = slot.state.tier.load(kAcquire);
  task.polls = polls_of(stats);
  task.where = {stats.hot.file.load(kAcquire), stats.hot.line.load(kAcquire)};
  const std::uint64_t registered = stats.hot.registered.load(kAcquire);
  Times times = times_of(stats);
  task.state = times.state;
  const std::uint64_t now = watch.now();
  const auto until_now = [now](std::uint64_t begin) { return now > begin ? now - begin : 0; };
  task.age = watch.time_of(until_now(registered));
  if (const std::uint64_t watched_since = watch.since(); watched_since != 0) {
    // A task that has not changed its state in this watch has the times of an earlier one.
    const bool is_stale = times.since < watched_since;
    if (is_stale) times.busy = times.queued = times.longest = 0;
    const std::uint64_t in_state = until_now(std::max(times.since, watched_since));
    if (task.state == TaskState::running) {
      task.current = watch.time_of(in_state);
      times.busy += in_state;
      times.longest = std::max(times.longest, in_state);
    } else if (task.state == TaskState::ready) {
      times.queued += in_state;
    }
    task.busy = watch.time_of(times.busy);
    task.queued = watch.time_of(times.queued);
    task.longest = watch.time_of(times.longest);
    if (!is_stale) {
      task.self_wakes = stats.times.self_wakes.load(kAcquire);
      for (std::size_t i = 0; i < PollTimes::kBuckets; ++i) {
        task.timed_polls[i] = stats.times.polls[i].load(kAcquire);
      }
    }
  }
  // Relaxed: the acquires before order it.
  if (slot.id.load(std::memory_order_relaxed) != id) return std::nullopt;
  return task;
}

}  // namespace pulse
