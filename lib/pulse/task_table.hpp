#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>

#include "pulse/task_slot.hpp"

namespace pulse {

/// Slots of a manager, in chunks that never move and live as long as the table.
class TaskTable {
 public:
  static constexpr std::size_t kChunkBits = 12;
  static constexpr std::size_t kSlotsPerChunk = std::size_t{1} << kChunkBits;  ///< 256 KiB
  static constexpr std::size_t kMaxTasks = std::size_t{1} << TaskId::kIndexBits;
  static constexpr std::uint32_t kBatch = 64;  ///< slots that a cache takes or gives back at once

  /// Vacant slots, chained through `next_free`. A worker keeps one as its cache, without a lock.
  struct FreeList {
    static constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t head = kEnd;
    std::uint32_t count = 0;
  };

  /// `most_chunks` bounds the memory below what the ids allow.
  explicit TaskTable(std::size_t most_chunks = kMaxTasks / kSlotsPerChunk) noexcept
      : most_chunks_(std::min(most_chunks, kMaxTasks / kSlotsPerChunk)) {}
  ~TaskTable();
  TaskTable(const TaskTable&) = delete;
  TaskTable& operator=(const TaskTable&) = delete;

  /// Takes a vacant slot and gives it a new id, still marked as vacant. Null if all slots are taken
  /// or memory is short. Any thread.
  [[nodiscard]] TaskSlot* take() noexcept;

  /// Takes a slot from `cache`, which is refilled by a batch if it is empty.
  [[nodiscard]] TaskSlot* take(FreeList& cache) noexcept;

  /// Gives back a slot that is marked as vacant. Any thread.
  void give_back(TaskSlot* slot) noexcept;

  /// Gives the slot back to `cache`, which passes a batch on if it has two. So slots flow from
  /// workers on which tasks end to workers on which tasks begin.
  void give_back(FreeList& cache, TaskSlot* slot) noexcept;

  /// Slot for which `id` was issued, which may have another task now; null if there is none.
  /// Wait-free.
  [[nodiscard]] const TaskSlot* find(TaskId id) const noexcept {
    const std::size_t index = id.value & (kMaxTasks - 1);
    // Acquire: pairs with the release in `grow`, so that the chunk is seen constructed.
    const TaskSlot* chunk = chunks_[index >> kChunkBits].load(std::memory_order_acquire);
    return chunk == nullptr ? nullptr : chunk + (index & (kSlotsPerChunk - 1));
  }

 private:
  [[nodiscard]] TaskSlot* slot_at(std::uint32_t index) const noexcept;
  [[nodiscard]] TaskSlot* pop(FreeList& list) const noexcept;
  static void push(FreeList& list, TaskSlot* slot) noexcept;
  void move_batch(FreeList& from, FreeList& to) noexcept;
  bool grow() noexcept;

  std::array<std::atomic<TaskSlot*>, kMaxTasks / kSlotsPerChunk> chunks_{};
  const std::size_t most_chunks_;
  std::mutex mutex_;
  std::size_t chunk_count_ = 0;  ///< guarded by mutex_
  FreeList free_;                ///< guarded by mutex_
};

}  // namespace pulse
