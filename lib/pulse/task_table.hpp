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

/// All slots of a manager, in chunks that never move and live as long as the table.
class TaskTable {
 public:
  static constexpr std::size_t kChunkBits = 12;
  static constexpr std::size_t kSlotsPerChunk = std::size_t{1} << kChunkBits;  ///< 256 KiB
  static constexpr std::size_t kMaxTasks = std::size_t{1} << TaskId::kIndexBits;
  static constexpr std::uint32_t kBatch = 64;  ///< how many slots a cache takes or gives back

  /// Vacant slots, chained through `next_free`. A worker keeps one as its cache, without a lock.
  struct FreeList {
    static constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t head = kEnd;
    std::uint32_t count = 0;
  };

  /// `most_chunks`: fewer than the ids allow, to bound the memory.
  explicit TaskTable(std::size_t most_chunks = kMaxTasks / kSlotsPerChunk) noexcept
      : most_chunks_(std::min(most_chunks, kMaxTasks / kSlotsPerChunk)) {}
  ~TaskTable();
  TaskTable(const TaskTable&) = delete;
  TaskTable& operator=(const TaskTable&) = delete;

  /// A vacant slot with a new id, still marked as vacant. Null where all slots are taken, or there
  /// is no memory. Any thread.
  [[nodiscard]] TaskSlot* take() noexcept;

  /// The same from `cache`, which is filled up by a batch where it is empty.
  [[nodiscard]] TaskSlot* take(FreeList& cache) noexcept;

  /// Gives back a slot that is marked as vacant. Any thread.
  void give_back(TaskSlot* slot) noexcept;

  /// The same into `cache`, which passes a batch on where it holds two: so that a worker on which
  /// tasks only end feeds one on which they only begin.
  void give_back(FreeList& cache, TaskSlot* slot) noexcept;

  /// The slot that `id` was issued for, whoever lives there now; null where there is none such.
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
