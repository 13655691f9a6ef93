#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "pulse/location.hpp"

namespace pulse {

/// Whether a manager keeps statistics of each task, for a Console: 128 more bytes a task, written
/// by the hooks of a TierConnection. Without them a poll has nothing more to do.
enum class Statistics : std::uint8_t { none, kept };

/// What a task does now.
enum class TaskState : std::uint8_t {
  waiting,  ///< for something, and not queued
  ready,    ///< queued for a worker
  running,  ///< inside of a poll
};

/// "waiting", "ready", "running".
[[nodiscard]] constexpr const char* name_of(TaskState state) noexcept {
  constexpr const char* kNames[]{"waiting", "ready", "running"};
  return kNames[static_cast<std::size_t>(state)];
}

/// Polls of one task by their time, in powers of two: bucket 0 is below 2^14 ns (16 us), bucket k
/// from 2^(13+k) ns, the last one from 2^27 ns (134 ms) on.
struct PollTimes {
  static constexpr std::size_t kBuckets = 15;
  static constexpr int kLeastBits = 14;

  [[nodiscard]] static constexpr std::size_t bucket_of(std::uint64_t ns) noexcept {
    const auto bucket = static_cast<std::size_t>(std::bit_width(ns >> kLeastBits));
    return bucket < kBuckets ? bucket : kBuckets - 1;
  }

  /// Lowest time of the bucket, in ns.
  [[nodiscard]] static constexpr std::uint64_t lowest(std::size_t bucket) noexcept {
    return bucket == 0 ? 0 : std::uint64_t{1} << (kLeastBits - 1 + static_cast<int>(bucket));
  }
};

/// Statistics of a task, only in a manager that keeps them. One thread at a time writes them, the
/// task's owner or the thread that queues it: the executor orders the two. Every thread may read
/// them. Times are counts of PollWatch's clock.
///
/// Memory order: the stores are releases and the loads of readers acquires, which is free on
/// x86-64. A reader that sees a number of the slot's next task also sees that the slot's id has
/// changed since, and drops what it read.
struct TaskStats {
  /// What is written at a timed poll: one cache line.
  struct alignas(64) Line {
    /// Set in `evaluation` while it moves: the rest is the number of polls.
    static constexpr std::uint64_t kMoving = std::uint64_t{1} << 63U;

    /// Number of the poll after which the rules are evaluated next: less the polls until then, it
    /// is the number of polls. So a poll counts nothing for it.
    std::atomic<std::uint64_t> evaluation{0};
    std::atomic<const char*> file{""};
    std::atomic<std::uint64_t> registered{0};  ///< when the task was registered
    std::atomic<std::uint32_t> line{0};
    /// Work that waits until an earlier piece of the same task is done. Who queues it writes it.
    std::atomic<std::uint32_t> backlog{0};
    // Of the time during which the task was watched.
    std::atomic<std::uint64_t> since{0};  ///< when `state` was entered; 0 while it changes
    std::atomic<std::uint64_t> busy{0};
    std::atomic<std::uint64_t> queued{0};   ///< ready, and not yet polled
    std::atomic<std::uint64_t> longest{0};  ///< poll
  };

  /// What is written only while the task is watched: one cache line.
  struct alignas(64) Times {
    std::array<std::atomic<std::uint32_t>, PollTimes::kBuckets> polls{};
    std::atomic<std::uint32_t> self_wakes{0};  ///< polls that ended with more work to do at once
  };

  std::atomic<TaskState>& state;              ///< in the slot, whose line every poll writes
  std::atomic_ref<std::uint32_t> polls_left;  ///< in the slot: TierState::polls_to_evaluation
  Line& hot;
  Times& times;
};

static_assert(sizeof(TaskStats::Line) == 64 && sizeof(TaskStats::Times) == 64);

}  // namespace pulse
