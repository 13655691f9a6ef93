#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "pulse/task_slot.hpp"

/// Operations on many budgets at once: for an executor that refills all its tasks at a tick, or a
/// monitor that looks for those which have to yield. Budgets are neighbours in an array, or lie in
/// the slots of a table (`TaskTable::for_each_chunk`).
///
/// They use vectors where the processor has AVX2 and vectors are faster (docs/pulse.md); `scalar`
/// has the same operations, one budget after the other.
namespace pulse {

/// Number of 64-bit words that hold a bit for each of `budgets`.
[[nodiscard]] constexpr std::size_t words_of_bits(std::size_t budgets) noexcept {
  return (budgets + 63) / 64;
}

/// Sets bit i % 64 of word i / 64 if budget i is exhausted, and clears it otherwise; bits beyond
/// the last budget are 0. A vacant slot has the budget of its last task. Any thread; a budget that
/// changes meanwhile counts as before or as after. Precondition: `exhausted` has
/// `words_of_bits(budgets.size())` words.
void find_exhausted(std::span<const TaskBudget> budgets,
                    std::span<std::uint64_t> exhausted) noexcept;
void find_exhausted(std::span<const TaskSlot> slots, std::span<std::uint64_t> exhausted) noexcept;

/// Grants `units` to each, as `TaskBudget::reset` does. The owner of all of them only; others may
/// call `exhaust`.
void refill(std::span<TaskBudget> budgets, std::uint32_t units) noexcept;
void refill(std::span<TaskSlot> slots, std::uint32_t units) noexcept;

namespace scalar {

void find_exhausted(std::span<const TaskBudget> budgets,
                    std::span<std::uint64_t> exhausted) noexcept;
void find_exhausted(std::span<const TaskSlot> slots, std::span<std::uint64_t> exhausted) noexcept;
void refill(std::span<TaskBudget> budgets, std::uint32_t units) noexcept;

}  // namespace scalar
}  // namespace pulse
