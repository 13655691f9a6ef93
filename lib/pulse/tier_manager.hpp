#pragma once

#include <atomic>
#include <cassert>
#include <cstdint>
#include <optional>

#include "pulse/task_slot.hpp"
#include "pulse/task_table.hpp"

namespace pulse {

/// Knows every task and the tier it is in.
///
/// What takes a `TaskHandle` is for the task's owner and needs no look-up; what takes a `TaskId` is
/// for any thread. No operation on a task writes a cache line that another task's owner writes.
class TierManager {
 public:
  /// `poll_budget`: what a task of normal priority may consume before it has to give way.
  explicit TierManager(std::uint32_t poll_budget = 2000) noexcept : poll_budget_(poll_budget) {}

  /// Starts to watch a task, in `Tier::monitor`. An empty handle where 2^24 tasks are watched
  /// already or memory is short: such a task has to run unwatched. Any thread.
  [[nodiscard]] TaskHandle register_task(Priority priority = Priority::normal) noexcept;

  /// Forgets the task; its handle must not be used any more, its id is never issued again.
  void complete(TaskHandle task) noexcept;

  [[nodiscard]] TaskId id_of(TaskHandle task) const noexcept {
    // Relaxed: written once, before the owner got the handle.
    return TaskId{live(task).id.load(std::memory_order_relaxed)};
  }

  [[nodiscard]] TaskBudget& budget(TaskHandle task) const noexcept { return live(task).budget; }

  [[nodiscard]] Tier get_tier(TaskHandle task) const noexcept {
    // Relaxed: the owner's own earlier store.
    return live(task).tier.load(std::memory_order_relaxed);
  }

  /// Nothing where no such task lives (any more). Wait-free.
  [[nodiscard]] std::optional<Tier> get_tier(TaskId id) const noexcept {
    const TaskSlot* const slot = tasks_.find(id);
    if (id.value == 0 || slot == nullptr) return std::nullopt;
    // Acquire, both: who reads a tier that a later tenant of the slot stored (with release) also
    // sees that the id had changed before, and so answers nothing rather than somebody else's tier.
    if (slot->id.load(std::memory_order_acquire) != id.value) return std::nullopt;
    const Tier tier = slot->tier.load(std::memory_order_acquire);
    // Relaxed: the acquire before keeps it behind.
    if (slot->id.load(std::memory_order_relaxed) != id.value) return std::nullopt;
    return tier;
  }

  /// True where the task has to give way now: it has used its budget up, or its tier asks for it.
  [[nodiscard]] bool should_yield(TaskHandle task) const noexcept {
    const TaskSlot& slot = live(task);
    // Relaxed: the owner's own earlier store.
    return slot.tier.load(std::memory_order_relaxed) >= Tier::yield || slot.budget.is_exhausted();
  }

  /// Moves the task to `tier`, whatever the rules say: an operator's hand. Owner only.
  void set_tier(TaskHandle task, Tier tier) noexcept {
    // Release: see the look-up by id.
    live(task).tier.store(tier, std::memory_order_release);
  }

 private:
  [[nodiscard]] static TaskSlot& live(TaskHandle task) noexcept {
    // Relaxed: an assertion by the owner, who completes the task himself.
    assert(task && task.slot->id.load(std::memory_order_relaxed) != 0);
    return *task.slot;
  }

  const std::uint32_t poll_budget_;
  TaskTable tasks_;
};

}  // namespace pulse
