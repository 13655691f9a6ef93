#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <utility>

#include "pulse/location.hpp"
#include "pulse/poll_watch.hpp"

namespace pulse {

/// Operations of one kind that were begun at one place of the source, in the present watch.
struct OperationSnapshot {
  const char* kind = "";
  Location where;
  std::uint64_t ended = 0;
  std::uint64_t waiting = 0;            ///< for their end
  std::chrono::nanoseconds total{0};    ///< of those that have ended
  std::chrono::nanoseconds longest{0};  ///< of those that have ended
};

/// Times one operation for which a task waits, such as the expiry of a timer, in the row of its
/// kind and place. It is timed only if it begins and ends within the same watch: without a client
/// of a Console it costs a load.
///
/// The watch has to outlive the operation. `kind` lives as long as the program.
class Operation {
 public:
  Operation() noexcept = default;

  /// Begins.
  Operation(PollWatch& watch, const char* kind, Location where = Location::here()) {
    const std::uint64_t since = watch.since();
    if (since != 0) [[unlikely]]
      begin(watch, since, kind, where);
  }

  Operation(Operation&& other) noexcept
      : watch_(std::exchange(other.watch_, nullptr)),
        counts_(other.counts_),
        since_(other.since_),
        begun_(other.begun_) {}
  Operation& operator=(Operation&& other) noexcept {
    std::swap(watch_, other.watch_);
    std::swap(counts_, other.counts_);
    std::swap(since_, other.since_);
    std::swap(begun_, other.begun_);
    return *this;
  }
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

  /// An operation that was not ended is given up: it counts no more.
  ~Operation() {
    if (watch_ != nullptr) finish(false);
  }

  /// Ends. Any thread, once.
  void end() noexcept {
    if (watch_ != nullptr) finish(true);
  }

  /// Calls `visit(OperationSnapshot)` for each place where one has begun in the present watch, if
  /// the manager of `watch` keeps statistics.
  template <class Visit>
  static void for_each(const PollWatch& watch, Visit visit) {
    if (watch.operations() == nullptr) return;
    watch.operations()->for_each([&](const auto& entry) {
      // Relaxed: an independent count.
      if (entry.counts.begun.load(std::memory_order_relaxed) == 0) return;
      visit(snapshot_of(watch, entry));
    });
  }

 private:
  void begin(PollWatch& watch, std::uint64_t since, const char* kind, Location where);
  void finish(bool is_ended) noexcept;
  static OperationSnapshot snapshot_of(const PollWatch& watch,
                                       const PlaceTable<OperationCounts>::Entry& entry) noexcept;

  PollWatch* watch_ = nullptr;  ///< null: not timed
  OperationCounts* counts_ = nullptr;
  std::uint64_t since_ = 0;  ///< the watch in which it began
  std::uint64_t begun_ = 0;
};

}  // namespace pulse
