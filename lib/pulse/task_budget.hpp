#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

namespace pulse {

/// Work that a task may still do before it has to yield, in units of its executor's choice. A poll
/// costs one unit, and a task may charge itself more for work inside of a poll.
///
/// One owner at a time (the worker that polls the task) calls `consume` and `reset`. The ownership
/// moves with the task through the executor's queues. Any thread may call the others, including
/// `exhaust`.
///
/// The owner therefore needs no `lock`-prefixed instruction: only it stores the count, and other
/// threads store a mask over the count.
///
/// Memory order: every access is relaxed. A budget publishes no other data, and the executor's
/// queues order the change of owners.
class alignas(16) TaskBudget {
 public:
  constexpr explicit TaskBudget(std::uint32_t units) noexcept
      : remaining_(units), granted_(units) {}

  TaskBudget(const TaskBudget&) = delete;
  TaskBudget& operator=(const TaskBudget&) = delete;

  /// Subtracts `units`, at most down to zero; true if so many were left. Owner only.
  bool consume(std::uint32_t units = 1) noexcept {
    const std::uint32_t available = remaining();
    const bool whole = available >= units;
    // Relaxed: only the owner writes the count, so load and store need not be one atomic step.
    remaining_.store(whole ? available - units : 0, std::memory_order_relaxed);
    return whole;
  }

  /// True if no units are left, because of `consume` or `exhaust`.
  [[nodiscard]] bool is_exhausted() const noexcept { return remaining() == 0; }

  /// Units left.
  [[nodiscard]] std::uint32_t remaining() const noexcept {
    // Relaxed, both: see the class. A mask that arrives late delays a yield by one poll.
    return remaining_.load(std::memory_order_relaxed) & mask_.load(std::memory_order_relaxed);
  }

  /// Units consumed since the last `reset`; all units after `exhaust`. Owner only.
  [[nodiscard]] std::uint32_t consumed() const noexcept { return granted_ - remaining(); }

  /// Grants `units` and clears an earlier `exhaust`. Owner only.
  void reset(std::uint32_t units) noexcept {
    granted_ = units;
    // Relaxed: see the class. A concurrent `exhaust` counts as before or as after this call, by the
    // mask's modification order. Both are right.
    remaining_.store(units, std::memory_order_relaxed);
    mask_.store(kOpen, std::memory_order_relaxed);
  }

  /// Removes all units until the next `reset`. Any thread; a concurrent `consume` cannot undo it.
  void exhaust() noexcept {
    mask_.store(kClosed, std::memory_order_relaxed);  // relaxed: see the class
  }

 private:
  friend struct BudgetLayout;  // of bulk_budget.cpp

  static constexpr std::uint32_t kOpen = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t kClosed = 0;

  std::atomic<std::uint32_t> remaining_;    ///< written by the owner only
  std::atomic<std::uint32_t> mask_{kOpen};  ///< kOpen, or kClosed after `exhaust`
  std::uint32_t granted_;                   ///< read and written by the owner only
};

static_assert(sizeof(TaskBudget) == 16, "a budget is a quarter of a cache line");

}  // namespace pulse
