#include "pulse/tier_manager.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace pulse {
namespace {

/// In halves: critical tasks get 4 budgets, high 2, normal 1, low a half.
constexpr std::array<std::uint64_t, 4> kHalfBudgets{8, 4, 2, 1};

}  // namespace

TaskHandle TierManager::register_task(Priority priority) noexcept {
  TaskSlot* const slot = tasks_.take();
  if (slot == nullptr) return {};
  const std::uint64_t units = poll_budget_ * kHalfBudgets[static_cast<std::size_t>(priority)] / 2;
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  slot->budget.reset(static_cast<std::uint32_t>(std::min(units, kMost)));
  slot->priority = priority;
  // Release, both: see the look-up by id in the header.
  slot->tier.store(Tier::monitor, std::memory_order_release);
  slot->id.store(slot->last_id, std::memory_order_release);
  return TaskHandle{slot};
}

void TierManager::complete(TaskHandle task) noexcept {
  // Relaxed: stays before the next tenant's tier, which is stored with release.
  live(task).id.store(0, std::memory_order_relaxed);
  tasks_.give_back(task.slot);
}

}  // namespace pulse
