#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <span>

#include "pulse/task_slot.hpp"
#include "pulse/task_stats.hpp"

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

  /// `most_chunks` bounds the memory below what the ids allow. `has_stats`: each slot has
  /// statistics too.
  explicit TaskTable(std::size_t most_chunks = kMaxTasks / kSlotsPerChunk,
                     bool has_stats = false) noexcept
      : most_chunks_(std::min(most_chunks, kMaxTasks / kSlotsPerChunk)), has_stats_(has_stats) {}
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

  /// Statistics of a slot. Only if the table has them. They lie behind the slot at a distance that
  /// the compiler knows, so that a poll looks nothing up.
  [[nodiscard]] static TaskStats stats_of(const TaskSlot* slot) noexcept;

  /// Calls `visit(slots)` for the slots of each chunk, while other threads use them. Any thread.
  template <class Visit>
  void for_each_chunk(Visit visit) const {
    for (const auto& entry : chunks_) {
      // Acquire: as in `find`. Chunks are added in order.
      const TaskSlot* const chunk = entry.load(std::memory_order_acquire);
      if (chunk == nullptr) return;
      visit(std::span{chunk, kSlotsPerChunk});
    }
  }

  /// Calls `visit(slot)` for every slot, vacant or not, while other threads use them. Any thread.
  template <class Visit>
  void for_each_slot(Visit visit) const {
    for_each_chunk([&visit](std::span<const TaskSlot> slots) {
      for (const TaskSlot& slot : slots) visit(slot);
    });
  }

 private:
  struct ChunkWithStats;

  [[nodiscard]] TaskSlot* slot_at(std::uint32_t index) const noexcept;
  [[nodiscard]] TaskSlot* pop(FreeList& list) const noexcept;
  static void push(FreeList& list, TaskSlot* slot) noexcept;
  void move_batch(FreeList& from, FreeList& to) noexcept;
  [[nodiscard]] TaskSlot* allocate_chunk() const noexcept;
  bool grow() noexcept;

  std::array<std::atomic<TaskSlot*>, kMaxTasks / kSlotsPerChunk> chunks_{};
  const std::size_t most_chunks_;
  const bool has_stats_;
  std::mutex mutex_;
  std::size_t chunk_count_ = 0;  ///< guarded by mutex_
  FreeList free_;                ///< guarded by mutex_
};

/// Slots with their statistics. The gaps keep the three lines of a task apart in their lowest 12
/// address bits: some CPUs take a load for one that depends on a store with the same ones.
struct TaskTable::ChunkWithStats {
  static constexpr std::size_t kGap = std::size_t{17} * 64;

  TaskSlot slots[kSlotsPerChunk];
  std::byte gap_before_lines[kGap];
  TaskStats::Line lines[kSlotsPerChunk];
  std::byte gap_before_times[kGap];
  TaskStats::Times times[kSlotsPerChunk];
};

inline TaskStats TaskTable::stats_of(const TaskSlot* slot) noexcept {
  // The slot is `slots[i]` of a chunk; the other two have the same index and the same size.
  const auto at = reinterpret_cast<std::uintptr_t>(slot);
  constexpr std::size_t kLines = sizeof(TaskSlot) * kSlotsPerChunk + ChunkWithStats::kGap;
  constexpr std::size_t kTimes = 2 * kLines;
  auto& state = const_cast<TaskSlot*>(slot)->state;  // NOLINT: readers of statistics write nothing
  return {state.doing, std::atomic_ref{state.polls_to_evaluation},
          *reinterpret_cast<TaskStats::Line*>(at + kLines),    // NOLINT: see above
          *reinterpret_cast<TaskStats::Times*>(at + kTimes)};  // NOLINT
}

}  // namespace pulse
