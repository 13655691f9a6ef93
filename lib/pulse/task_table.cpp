#include "pulse/task_table.hpp"

#include <new>

namespace pulse {

TaskTable::~TaskTable() {
  // Relaxed: nobody else is left.
  for (auto& chunk : chunks_) delete[] chunk.load(std::memory_order_relaxed);
}

TaskSlot* TaskTable::take() noexcept {
  const std::lock_guard lock(mutex_);
  if (free_ == nullptr && !grow()) return nullptr;
  TaskSlot* const slot = free_;
  free_ = slot->next_free;
  slot->next_free = nullptr;
  slot->last_id += kMaxTasks;  // the index stays, the count above it rises
  return slot;
}

void TaskTable::give_back(TaskSlot* slot) noexcept {
  const std::lock_guard lock(mutex_);
  slot->next_free = free_;
  free_ = slot;
}

bool TaskTable::grow() noexcept {
  if (chunk_count_ == chunks_.size()) return false;
  auto* const chunk = new (std::nothrow) TaskSlot[kSlotsPerChunk];
  if (chunk == nullptr) return false;
  const std::size_t first = chunk_count_ * kSlotsPerChunk;
  for (std::size_t i = kSlotsPerChunk; i-- > 0;) {
    chunk[i].last_id = first + i;
    chunk[i].next_free = free_;
    free_ = &chunk[i];
  }
  // Release: pairs with the acquire in `find`.
  chunks_[chunk_count_++].store(chunk, std::memory_order_release);
  return true;
}

}  // namespace pulse
