#pragma once

#include <atomic>
#include <cstdint>

#include "pulse/task.hpp"
#include "pulse/task_budget.hpp"
#include "pulse/tier.hpp"

namespace pulse {

/// A task's hot state: one cache line, which only its owner writes (but for `TaskBudget::exhaust`).
/// A slot's memory lives as long as its table, so that a look-up by a stale id reads a slot, not
/// freed memory.
struct alignas(64) TaskSlot {
  TaskBudget budget{0};
  std::atomic<std::uint64_t> id{0};       ///< of the task that lives here; 0 while nobody does
  std::atomic<Tier> tier{Tier::monitor};  ///< written by the owner, read by any thread
  Priority priority = Priority::normal;
  std::uint64_t last_id = 0;      ///< of the latest task that lived here
  TaskSlot* next_free = nullptr;  ///< while nobody lives here
};

static_assert(sizeof(TaskSlot) == 64, "hot state of a task is one cache line");

}  // namespace pulse
