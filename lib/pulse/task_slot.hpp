#pragma once

#include <atomic>
#include <cstdint>

#include "pulse/task.hpp"
#include "pulse/task_budget.hpp"
#include "pulse/tier_state.hpp"

namespace pulse {

/// A task's hot state: one cache line, which only its owner writes (but for `TaskBudget::exhaust`).
/// A slot's memory lives as long as its table, so that a look-up by a stale id reads a slot, not
/// freed memory.
struct alignas(64) TaskSlot {
  /// Set in `id` while nobody lives here, so that no task's id matches.
  static constexpr std::uint64_t kVacant = std::uint64_t{1} << 63U;

  TaskBudget budget{0};
  std::atomic<std::uint64_t> id{kVacant};  ///< of the task that lives here, or of the last that did
  TierState state;
  std::uint32_t next_free = 0;  ///< while nobody lives here: the index of another such slot
};

static_assert(sizeof(TaskSlot) == 64, "hot state of a task is one cache line");

}  // namespace pulse
