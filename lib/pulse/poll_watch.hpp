#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "pulse/place_table.hpp"
#include "pulse/task_table.hpp"
#include "pulse/tsc.hpp"

namespace pulse {

/// Operations of one kind and place, see Operation. Times are counts of PollWatch's clock.
struct OperationCounts {
  std::atomic<std::uint64_t> begun{0};
  std::atomic<std::uint64_t> ended{0};
  std::atomic<std::uint64_t> given_up{0};
  std::atomic<std::uint64_t> total{0};
  std::atomic<std::uint64_t> longest{0};
};

/// Is told when a watch begins or ends.
class WatchListener {
 public:
  virtual ~WatchListener() = default;
  /// Any thread, one call at a time.
  virtual void on_watch(bool is_watched) = 0;
};

/// Keeps the statistics of tasks: states always, times only between `start` and `stop`, since
/// reading a clock twice a poll costs about 20 ns. The manager counts the polls.
class PollWatch {
 public:
  /// `is_kept`: operations can be timed too.
  explicit PollWatch(bool is_kept = false)
      : operations_(is_kept ? std::make_unique<PlaceTable<OperationCounts>>() : nullptr),
        ns_per_count_(Tsc::ns_per_count()) {}

  /// Begins to take times. Those of an earlier watch are forgotten, each task's at its next poll.
  /// Any thread.
  void start() noexcept {
    forget_operations();
    set(now());
  }
  void stop() noexcept { set(0); }

  /// Tells the listener, at once and whenever a watch begins or ends, until it is removed. It may
  /// not call these functions in turn. Any thread.
  void add_listener(WatchListener& listener);
  void remove_listener(const WatchListener& listener);

  /// When the present watch began; 0 if there is none. Any thread.
  [[nodiscard]] std::uint64_t since() const noexcept {
    return since_.load(std::memory_order_relaxed);  // relaxed: publishes no other data
  }

  /// Counts of operations; null if they are not kept. For Operation.
  [[nodiscard]] PlaceTable<OperationCounts>* operations() const noexcept {
    return operations_.get();
  }

  /// A new task of the slot. The slot's id is marked as vacant.
  void begin_task(TaskSlot& slot, Location where) const noexcept;

  /// The task enters a state, in the watch that began at `since`, or, if that is 0, in none. The
  /// task's owner, or the thread that queues it.
  void enter(TaskSlot& slot, TaskState state, std::uint64_t since) const noexcept {
    if (since != 0) return enter_timed(slot, state, since);
    TaskTable::stats_of(&slot).state.store(state, std::memory_order_release);  // see TaskStats
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
  void set(std::uint64_t since) noexcept;
  void forget_operations() noexcept;
  void enter_timed(TaskSlot& slot, TaskState state, std::uint64_t watched_since) const noexcept;

  std::atomic<std::uint64_t> since_{0};
  std::mutex mutex_;
  std::vector<WatchListener*> listeners_;  ///< guarded by mutex_
  const std::unique_ptr<PlaceTable<OperationCounts>> operations_;
  const double ns_per_count_;  ///< 0: no counter of constant rate, so the clock is steady_clock
};

}  // namespace pulse
