#pragma once

#include <compare>
#include <cstdint>

namespace pulse {

struct TaskSlot;

/// Permanent id of a task, for logs and for look-up by any thread, also after the task's end. The
/// manager never issues an id twice: the low `kIndexBits` are the task's slot, the rest counts the
/// uses of the slot. Zero is no task.
struct TaskId {
  static constexpr unsigned kIndexBits = 24;

  std::uint64_t value = 0;

  friend constexpr auto operator<=>(TaskId, TaskId) = default;
};

/// Gives the task's owner access to its state without a look-up. It is stored in the task and valid
/// from `register_task` to `complete`. Only the owner, the worker that polls the task, may use it;
/// other threads use `TaskId`. Empty if the manager had no room for the task.
struct TaskHandle {
  TaskSlot* slot = nullptr;

  [[nodiscard]] explicit operator bool() const noexcept { return slot != nullptr; }
  friend constexpr bool operator==(TaskHandle, TaskHandle) = default;
};

/// Priority of a task, which decides its share of polls.
enum class Priority : std::uint8_t { critical = 0, high = 1, normal = 2, low = 3 };

}  // namespace pulse
