#include "pulse/task_table.hpp"

#include <cstddef>
#include <new>
#include <type_traits>

namespace pulse {
namespace {

std::uint32_t index_of(const TaskSlot* slot) noexcept {
  // Relaxed: the index in an id never changes.
  const std::uint64_t id = slot->id.load(std::memory_order_relaxed);
  return static_cast<std::uint32_t>(id & (TaskTable::kMaxTasks - 1));
}

/// Sets the slot's next id, marked as vacant: the same index and a higher count.
void renew_id(TaskSlot* slot) noexcept {
  // Relaxed, both: no thread looks for an id that was not issued yet. The release of the next
  // task's tier orders it after the removal of the old id.
  const std::uint64_t id = slot->id.load(std::memory_order_relaxed) + TaskTable::kMaxTasks;
  slot->id.store(id | TaskSlot::kVacant, std::memory_order_relaxed);
}

}  // namespace

TaskTable::~TaskTable() {
  for (auto& chunk : chunks_) {
    TaskSlot* const slots = chunk.load(std::memory_order_relaxed);  // no other thread is left
    if (has_stats_)
      delete reinterpret_cast<ChunkWithStats*>(slots);  // NOLINT: its first member
    else
      delete[] slots;
  }
}

TaskSlot* TaskTable::take() noexcept {
  const std::lock_guard lock(mutex_);
  if (free_.count == 0 && !grow()) return nullptr;
  TaskSlot* const slot = pop(free_);
  renew_id(slot);
  return slot;
}

TaskSlot* TaskTable::take(FreeList& cache) noexcept {
  if (cache.count == 0) [[unlikely]] {
    const std::lock_guard lock(mutex_);
    if (free_.count == 0 && !grow()) return nullptr;
    move_batch(free_, cache);
  }
  TaskSlot* const slot = pop(cache);
  renew_id(slot);
  return slot;
}

void TaskTable::give_back(TaskSlot* slot) noexcept {
  const std::lock_guard lock(mutex_);
  push(free_, slot);
}

void TaskTable::give_back(FreeList& cache, TaskSlot* slot) noexcept {
  push(cache, slot);
  if (cache.count < 2 * kBatch) [[likely]]
    return;
  const std::lock_guard lock(mutex_);
  move_batch(cache, free_);
}

TaskSlot* TaskTable::slot_at(std::uint32_t index) const noexcept {
  // Relaxed: the index is from a free list, so this thread or the mutex ordered the creation
  // before.
  return chunks_[index >> kChunkBits].load(std::memory_order_relaxed) +
         (index & (kSlotsPerChunk - 1));
}

TaskSlot* TaskTable::pop(FreeList& list) const noexcept {
  TaskSlot* const slot = slot_at(list.head);
  list.head = slot->next_free;
  --list.count;
  return slot;
}

void TaskTable::push(FreeList& list, TaskSlot* slot) noexcept {
  slot->next_free = list.head;
  list.head = index_of(slot);
  ++list.count;
}

void TaskTable::move_batch(FreeList& from, FreeList& to) noexcept {
  for (std::uint32_t i = 0; i < kBatch && from.count != 0; ++i) push(to, pop(from));
}

TaskSlot* TaskTable::allocate_chunk() const noexcept {
  if (!has_stats_) return new (std::nothrow) TaskSlot[kSlotsPerChunk];
  static_assert(std::is_standard_layout_v<ChunkWithStats>, "the chunk begins with its first slot");
  constexpr std::size_t kLines = offsetof(ChunkWithStats, lines);
  static_assert(kLines == sizeof(TaskSlot) * kSlotsPerChunk + ChunkWithStats::kGap &&
                    offsetof(ChunkWithStats, times) == 2 * kLines &&
                    sizeof(TaskStats::Line) == sizeof(TaskSlot),
                "stats_of finds what belongs to a slot");
  auto* const chunk = new (std::nothrow) ChunkWithStats;
  return chunk == nullptr ? nullptr : chunk->slots;
}

bool TaskTable::grow() noexcept {
  if (chunk_count_ == most_chunks_) return false;
  TaskSlot* const chunk = allocate_chunk();
  if (chunk == nullptr) return false;
  const std::size_t first = chunk_count_ * kSlotsPerChunk;
  for (std::size_t i = kSlotsPerChunk; i-- > 0;) {
    // Relaxed: published below.
    chunk[i].id.store((first + i) | TaskSlot::kVacant, std::memory_order_relaxed);
    push(free_, &chunk[i]);
  }
  // Release: pairs with the acquire in `find`.
  chunks_[chunk_count_++].store(chunk, std::memory_order_release);
  return true;
}

}  // namespace pulse
