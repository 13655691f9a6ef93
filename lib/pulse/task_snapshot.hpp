#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "pulse/poll_watch.hpp"
#include "pulse/task_slot.hpp"

namespace pulse {

/// Statistics of one task at one moment. The times, `timed_polls` and `self_wakes` cover the
/// present watch, or the task's life if that is shorter; without a watch they are zero.
struct TaskSnapshot {
  TaskId id;
  TaskState state = TaskState::waiting;
  Tier tier = Tier::monitor;
  std::uint64_t polls = 0;  ///< ended ones, of the task's whole life
  Location where;
  std::chrono::nanoseconds age{0};      ///< since it was registered
  std::chrono::nanoseconds busy{0};     ///< in polls, including the present one
  std::chrono::nanoseconds queued{0};   ///< ready, and not yet polled
  std::chrono::nanoseconds longest{0};  ///< poll, including the present one
  std::chrono::nanoseconds current{0};  ///< poll: its time so far; zero outside of one
  std::uint32_t self_wakes = 0;         ///< polls that ended with more work to do at once
  std::array<std::uint32_t, PollTimes::kBuckets> timed_polls{};  ///< ended ones, by their time
};

/// Polls of the task that have ended. Any thread.
[[nodiscard]] std::uint64_t polls_of(const TaskStats& stats) noexcept;

/// Reads the statistics of the slot's task while its owner writes them; nothing if the slot is
/// vacant. Any thread.
[[nodiscard]] std::optional<TaskSnapshot> snapshot_of(const TaskSlot& slot, TaskStats stats,
                                                      const PollWatch& watch) noexcept;

}  // namespace pulse
