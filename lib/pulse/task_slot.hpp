#pragma once

#include <atomic>
#include <cstdint>

#include "pulse/task.hpp"
#include "pulse/task_budget.hpp"
#include "pulse/tier_state.hpp"

namespace pulse {

/// Hot state of a task: one cache line, which only its owner writes (except `TaskBudget::exhaust`).
/// A slot lives as long as its table, so a look-up by a stale id never reads freed memory.
struct alignas(64) TaskSlot {
  /// Set in `id` while the slot is vacant, so that no task's id matches.
  static constexpr std::uint64_t kVacant = std::uint64_t{1} << 63U;

  TaskBudget budget{0};
  std::atomic<std::uint64_t> id{kVacant};  ///< of the slot's task, or of its last task
  TierState state;
  std::uint32_t next_free = 0;  ///< while vacant: the index of the next vacant slot
};

static_assert(sizeof(TaskSlot) == 64, "hot state of a task is one cache line");

}  // namespace pulse
