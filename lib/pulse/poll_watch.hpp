#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "pulse/task_stats.hpp"
#include "pulse/tsc.hpp"

namespace pulse {

/// Keeps the statistics of tasks: polls and states always, times only between `start` and `stop`,
/// since reading a clock twice a poll costs about 20 ns.
class PollWatch {
 public:
  PollWatch() noexcept : ns_per_count_(Tsc::ns_per_count()) {}

  /// Begins to take times. Those of an earlier watch are forgotten, each task's at its next poll.
  /// Any thread.
  void start() noexcept {
    since_.store(now(), std::memory_order_relaxed);  // relaxed: publishes no other data
  }
  void stop() noexcept { since_.store(0, std::memory_order_relaxed); }  // relaxed: as above

  /// When the present watch began; 0 if there is none. Any thread.
  [[nodiscard]] std::uint64_t since() const noexcept {
    return since_.load(std::memory_order_relaxed);  // relaxed: as in `start`
  }

  /// A new task of the slot. The slot's id is marked as vacant.
  void begin_task(TaskStats stats, Location where) const noexcept;

  /// Before and after a poll, while there is no watch. The task's owner only. If a watch starts in
  /// the middle of a poll, `end_timed_poll` follows `begin_poll`, and the other way round.
  static void begin_poll(TaskStats stats) noexcept {
    count_poll(stats);
    stats.hot.state.store(TaskState::running, std::memory_order_release);  // see TaskStats
  }
  static void end_poll(TaskStats stats, bool has_more) noexcept {
    // Release: see TaskStats.
    stats.hot.state.store(state_after(has_more), std::memory_order_release);
  }

  /// The same in a watch that began at `since`.
  void begin_timed_poll(TaskStats stats, std::uint64_t since) const noexcept {
    count_poll(stats);
    enter_timed(stats, TaskState::running, since);
  }
  void end_timed_poll(TaskStats stats, bool has_more, std::uint64_t since) const noexcept {
    enter_timed(stats, state_after(has_more), since);
  }

  /// The executor has queued the task, which was not being polled.
  void queued(TaskStats stats) const noexcept {
    const std::uint64_t watched_since = since();
    if (watched_since != 0) return enter_timed(stats, TaskState::ready, watched_since);
    stats.hot.state.store(TaskState::ready, std::memory_order_release);  // see TaskStats
  }

  /// Counts of the clock. Only differences have a meaning.
  [[nodiscard]] std::uint64_t now() const noexcept {
    if (ns_per_count_ != 0.0) return Tsc::read();
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  }

  /// Converts counts to time.
  [[nodiscard]] std::chrono::nanoseconds time_of(std::uint64_t counts) const noexcept {
    if (ns_per_count_ == 0.0) return std::chrono::nanoseconds{counts};
    return std::chrono::nanoseconds{
        static_cast<std::int64_t>(static_cast<double>(counts) * ns_per_count_)};
  }

 private:
  static void count_poll(TaskStats stats) noexcept {
    // Relaxed load: the owner's own count. Release: see TaskStats.
    stats.hot.polls.store(stats.hot.polls.load(std::memory_order_relaxed) + 1,
                          std::memory_order_release);
  }

  static constexpr TaskState state_after(bool has_more) noexcept {
    return has_more ? TaskState::ready : TaskState::waiting;
  }

  void enter_timed(TaskStats stats, TaskState state, std::uint64_t watched_since) const noexcept;

  std::atomic<std::uint64_t> since_{0};
  const double ns_per_count_;  ///< 0: no counter of constant rate, so the clock is steady_clock
};

}  // namespace pulse
