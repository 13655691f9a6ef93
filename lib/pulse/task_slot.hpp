#pragma once

#include <atomic>
#include <cstdint>

#include "pulse/task.hpp"
#include "pulse/task_budget.hpp"
#include "pulse/task_stats.hpp"
#include "pulse/tier.hpp"

namespace pulse {

/// State of a task under the tier rules. Only the owner uses it, except for the atomic members,
/// which every thread may read. Times are ticks of TickClock and are valid only if their flag is
/// set: the clock is read only when a rule needs it.
struct TierState {
  std::atomic<Tier> tier{Tier::monitor};
  Priority priority = Priority::normal;
  bool is_timed : 1 = false;      ///< `entered` is valid
  bool has_offended : 1 = false;  ///< `last_violation` and `window_start` are valid
  bool is_cooling : 1 = false;    ///< `last_frequent` is valid
  std::atomic<TaskState> doing{TaskState::waiting};  ///< of TaskStats; here, where there is room
  std::uint32_t good_polls = 0;                      ///< in a row
  std::uint32_t violations = 0;                      ///< in this tier, not cleared
  std::uint32_t polls_to_evaluation = 0;  ///< with statistics an atomic_ref, see TaskStats
  std::uint32_t window_violations = 0;    ///< since `window_start`
  std::uint32_t entered = 0;              ///< when the tier was entered, or first evaluated
  std::uint32_t last_violation = 0;
  std::uint32_t window_start = 0;   ///< of the second in which violations are counted
  std::uint32_t last_frequent = 0;  ///< when violations last came too often
};

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
