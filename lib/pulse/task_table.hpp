#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>

#include "pulse/task_slot.hpp"

namespace pulse {

/// All slots of a manager, in chunks that never move and live as long as the table. Any thread.
class TaskTable {
 public:
  static constexpr std::size_t kChunkBits = 12;
  static constexpr std::size_t kSlotsPerChunk = std::size_t{1} << kChunkBits;  ///< 256 KiB
  static constexpr std::size_t kMaxTasks = std::size_t{1} << TaskId::kIndexBits;

  TaskTable() = default;
  ~TaskTable();
  TaskTable(const TaskTable&) = delete;
  TaskTable& operator=(const TaskTable&) = delete;

  /// An unused slot with a new id in `last_id` (`id` is still 0: the task is not to be found yet).
  /// Null where `kMaxTasks` live already, or there is no memory.
  [[nodiscard]] TaskSlot* take() noexcept;

  /// Gives back a slot whose `id` is 0 again.
  void give_back(TaskSlot* slot) noexcept;

  /// The slot that `id` was issued for, whoever lives there now; null where there is none such.
  [[nodiscard]] const TaskSlot* find(TaskId id) const noexcept {
    const std::size_t index = id.value & (kMaxTasks - 1);
    // Acquire: pairs with the release in `take`, so that the chunk is seen constructed.
    const TaskSlot* chunk = chunks_[index >> kChunkBits].load(std::memory_order_acquire);
    return chunk == nullptr ? nullptr : chunk + (index & (kSlotsPerChunk - 1));
  }

 private:
  bool grow() noexcept;

  std::array<std::atomic<TaskSlot*>, kMaxTasks / kSlotsPerChunk> chunks_{};
  std::mutex mutex_;
  std::size_t chunk_count_ = 0;  ///< guarded by mutex_
  TaskSlot* free_ = nullptr;     ///< guarded by mutex_
};

}  // namespace pulse
