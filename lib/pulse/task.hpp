#pragma once

#include <compare>
#include <cstdint>

namespace pulse {

struct TaskSlot;

/// Names a task for ever: for logs, and for look-up by any thread, also after the task's end.
/// Issued by the manager, never twice: the low `kIndexBits` are the task's slot, the rest counts
/// how often the slot was given away. Zero names no task.
struct TaskId {
  static constexpr unsigned kIndexBits = 24;

  std::uint64_t value = 0;

  friend constexpr auto operator<=>(TaskId, TaskId) = default;
};

/// Leads the task's owner to its state without a look-up. Kept in the task itself; valid from
/// `register_task` to `complete`, and for one owner at a time: whoever polls the task. Everybody
/// else asks by `TaskId`. Empty where the manager had no room for the task.
struct TaskHandle {
  TaskSlot* slot = nullptr;

  [[nodiscard]] explicit operator bool() const noexcept { return slot != nullptr; }
  friend constexpr bool operator==(TaskHandle, TaskHandle) = default;
};

/// How much a task matters; its share of polls follows.
enum class Priority : std::uint8_t { critical = 0, high = 1, normal = 2, low = 3 };

}  // namespace pulse
