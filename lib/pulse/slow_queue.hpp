#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <type_traits>
#include <vector>

#include "pulse/task.hpp"
#include "pulse/worker_group.hpp"

namespace pulse {

/// Bounded ring with one producer and any number of consumers. Items are trivially copyable and fit
/// a word.
///
/// Why nothing is lost or delivered twice. Positions only grow. A consumer copies items and then
/// moves `head_` past them by one compare-and-swap. That succeeds for one consumer only, and only
/// if `head_` has not moved. Until it moves, the producer does not reuse the slots.
template <class Item>
class StealRing {
  static_assert(std::is_trivially_copyable_v<Item> && sizeof(Item) <= sizeof(std::uint64_t));

 public:
  /// `capacity` is rounded up to a power of two.
  explicit StealRing(std::size_t capacity)
      : mask_(std::bit_ceil(capacity) - 1),
        slots_(std::make_unique<std::atomic<Item>[]>(mask_ + 1)) {}

  /// Queues `item`; false if the ring is full. The producer only.
  [[nodiscard]] bool push(Item item) noexcept {
    // Relaxed: the producer's own earlier store.
    const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - known_head_ > mask_) [[unlikely]] {
      // Acquire: pairs with the release in `pop`; the consumer's copies happen before our stores.
      known_head_ = head_.load(std::memory_order_acquire);
      if (tail - known_head_ > mask_) return false;
    }
    // Relaxed: published by the next line.
    slots_[tail & mask_].store(item, std::memory_order_relaxed);
    // Release: a thread that sees the new tail sees the item.
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }

  /// Moves up to `most` items, oldest first, into `out`, and returns how many. Any thread. Also
  /// zero if another consumer was faster, and then the ring may hold items.
  std::size_t pop(Item* out, std::size_t most) noexcept {
    // Acquire: the tail below is then no older than this head.
    std::uint64_t head = head_.load(std::memory_order_acquire);
    const std::uint64_t tail = tail_beyond(head);
    if (head >= tail) return 0;
    const std::uint64_t count = std::min<std::uint64_t>(tail - head, most);
    // Local copies, which the compiler can keep in registers.
    const std::uint64_t mask = mask_;
    const std::atomic<Item>* const slots = slots_.get();
    for (std::uint64_t i = 0; i < count; ++i) {
      // Relaxed: ordered by the acquire of the tail; a copy that raced with a store is discarded,
      // because the exchange fails.
      out[i] = slots[(head + i) & mask].load(std::memory_order_relaxed);
    }
    // Release: our copies happen before the producer reuses the slots.
    const bool won = head_.compare_exchange_strong(head, head + count, std::memory_order_release,
                                                   std::memory_order_relaxed);
    return won ? count : 0;
  }

  /// Moves up to `most` items, oldest first, to the end of `to`, and returns how many. Called by
  /// the producer of `to`. Also zero if another consumer was faster. Precondition: `to.room()` is
  /// at least `most`.
  std::size_t pop_into(StealRing& to, std::size_t most) noexcept {
    // As in `pop`.
    std::uint64_t head = head_.load(std::memory_order_acquire);
    const std::uint64_t tail = tail_beyond(head);
    if (head >= tail) return 0;
    const std::uint64_t count = std::min<std::uint64_t>(tail - head, most);
    // Relaxed: the producer's own earlier store.
    const std::uint64_t end = to.tail_.load(std::memory_order_relaxed);
    const std::uint64_t from_mask = mask_;
    const std::uint64_t to_mask = to.mask_;
    const std::atomic<Item>* const from_slots = slots_.get();
    std::atomic<Item>* const to_slots = to.slots_.get();
    for (std::uint64_t i = 0; i < count; ++i) {
      // Relaxed, twice: as in `pop`; and no thread reads beyond the tail of `to`.
      to_slots[(end + i) & to_mask].store(
          from_slots[(head + i) & from_mask].load(std::memory_order_relaxed),
          std::memory_order_relaxed);
    }
    // Release: as in `pop`.
    if (!head_.compare_exchange_strong(head, head + count, std::memory_order_release,
                                       std::memory_order_relaxed)) {
      return 0;
    }
    // Release: a thread that sees the new tail sees the items.
    to.tail_.store(end + count, std::memory_order_release);
    return count;
  }

  /// Size at some moment during the call. Any thread.
  [[nodiscard]] std::size_t size() const noexcept {
    const std::uint64_t head = head_.load(std::memory_order_acquire);  // so: not after the tail
    const std::uint64_t tail = tail_.load(std::memory_order_acquire);
    return tail - head;
  }

  /// Number of pushes that will succeed. The producer only.
  [[nodiscard]] std::size_t room() const noexcept { return mask_ + 1 - size(); }

  [[nodiscard]] std::size_t capacity() const noexcept { return mask_ + 1; }

 private:
  /// A tail that the ring has reached: beyond `head`, unless the ring is empty. The producer's line
  /// is read only if no consumer knows of more items.
  [[nodiscard]] std::uint64_t tail_beyond(std::uint64_t head) noexcept {
    // Acquire: pairs with the release below, in another consumer.
    std::uint64_t tail = known_tail_.load(std::memory_order_acquire);
    if (head < tail) return tail;
    // Acquire: pairs with the release in `push`.
    tail = tail_.load(std::memory_order_acquire);
    // Release: what this thread sees of the items, the next consumer sees too. A store that comes
    // late sets it back, which costs one more read of `tail_`.
    if (head < tail) known_tail_.store(tail, std::memory_order_release);
    return tail;
  }

  const std::uint64_t mask_;
  const std::unique_ptr<std::atomic<Item>[]> slots_;
  alignas(64) std::atomic<std::uint64_t> tail_{0};  ///< written by the producer
  std::uint64_t known_head_ = 0;                    ///< the producer's, never ahead of `head_`
  alignas(64) std::atomic<std::uint64_t> head_{0};  ///< written by consumers
  std::atomic<std::uint64_t> known_tail_{0};        ///< the consumers', never ahead of `tail_`
};

/// Bounded queue for tasks that have to wait, with four priorities, first in first out within a
/// priority of a worker. Each worker has its own rings and steals from others if they are empty, so
/// only stealing shares cache lines.
template <class Item>
class SlowQueue {
 public:
  /// `capacity`: items for each worker and priority, rounded up to a power of two.
  SlowQueue(WorkerGroup& group, std::size_t capacity) : group_(group), outside_(capacity) {
    lanes_.reserve(group.capacity());
    for (std::size_t i = 0; i < group.capacity(); ++i) {
      lanes_.push_back(std::make_unique<Lane>(capacity));
    }
  }

  /// Queues `item`; false if the worker's ring of that priority is full.
  [[nodiscard]] bool enqueue(const Worker& worker, Item item, Priority priority) noexcept {
    return own(worker).ring(priority).push(item);
  }

  /// Queues `item` from a thread that is not a worker. Takes a lock.
  [[nodiscard]] bool enqueue(Item item, Priority priority) noexcept {
    const std::lock_guard lock(outside_mutex_);
    return outside_.ring(priority).push(item);
  }

  /// Takes up to `most` items, calls `work(item)` for each, and returns how many; zero if the queue
  /// was empty. High priorities come first, and the worker's own items before others'. Every
  /// sixteenth batch starts with the low priorities, so that they do not starve.
  template <class Work>
  std::size_t process_batch(const Worker& worker, std::size_t most, Work&& work) {
    Lane& lane = own(worker);
    const bool reversed = ++lane.batches % kReversedEvery == 0;
    std::size_t done = drain(lane, most, reversed, work);
    if (done != 0) return done;
    done = drain(outside_, most, reversed, work);
    // Starts with the next worker; otherwise all would steal from the same one.
    const std::size_t used = group_.used();
    for (std::size_t i = 1; done == 0 && i < used; ++i) {
      done = drain(*lanes_[(worker.index() + i) % used], most, reversed, work);
    }
    return done;
  }

  /// Balances the load, and returns the number of moved items. For each priority, moves half of the
  /// difference between the fullest ring and the worker's own to the latter, as far as there is
  /// room.
  std::size_t rebalance(const Worker& worker) noexcept {
    std::size_t moved = 0;
    for (const Priority priority : kPriorities) {
      StealRing<Item>& to = own(worker).ring(priority);
      StealRing<Item>* fullest = &outside_.ring(priority);
      const std::size_t used = group_.used();
      for (std::size_t i = 0; i < used; ++i) {
        StealRing<Item>& ring = lanes_[i]->ring(priority);
        if (ring.size() > fullest->size()) fullest = &ring;
      }
      const std::size_t most = fullest->size();
      const std::size_t mine = to.size();
      if (most > mine) moved += move(*fullest, to, (most - mine) / 2);
    }
    return moved;
  }

  /// Number of queued items at some moment during the call. Any thread.
  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t sum = outside_.size();
    const std::size_t used = group_.used();
    for (std::size_t i = 0; i < used; ++i) sum += lanes_[i]->size();
    return sum;
  }

 private:
  static constexpr std::array<Priority, 4> kPriorities{Priority::critical, Priority::high,
                                                       Priority::normal, Priority::low};
  static constexpr unsigned kReversedEvery = 16;
  static constexpr std::size_t kChunk = 64;  ///< items copied by one `pop`
  /// Items moved between rings at once, and so copied in vain if another thread was faster.
  static constexpr std::size_t kStealChunk = 256;

  /// Rings of a worker, one for each priority.
  struct Lane {
    explicit Lane(std::size_t capacity)
        : rings{StealRing<Item>(capacity), StealRing<Item>(capacity), StealRing<Item>(capacity),
                StealRing<Item>(capacity)} {}

    [[nodiscard]] StealRing<Item>& ring(Priority priority) noexcept {
      return rings[static_cast<std::size_t>(priority)];
    }
    [[nodiscard]] std::size_t size() const noexcept {
      std::size_t sum = 0;
      for (const auto& ring : rings) sum += ring.size();
      return sum;
    }

    std::array<StealRing<Item>, 4> rings;
    alignas(64) unsigned batches = 0;  ///< the worker's own
  };

  [[nodiscard]] Lane& own(const Worker& worker) noexcept { return *lanes_[worker.index()]; }

  template <class Work>
  static std::size_t drain(Lane& lane, std::size_t most, bool reversed, Work& work) {
    std::array<Item, kChunk> items;
    std::size_t done = 0;
    for (std::size_t p = 0; p < kPriorities.size(); ++p) {
      auto& ring = lane.rings[reversed ? kPriorities.size() - 1 - p : p];
      while (done < most) {
        const std::size_t got = ring.pop(items.data(), std::min(most - done, kChunk));
        if (got == 0) break;
        for (std::size_t i = 0; i < got; ++i) work(items[i]);
        done += got;
      }
    }
    return done;
  }

  /// `to` belongs to the calling worker, so its room cannot shrink during the call.
  static std::size_t move(StealRing<Item>& from, StealRing<Item>& to, std::size_t most) noexcept {
    most = std::min(most, to.room());
    std::size_t moved = 0;
    while (moved < most) {
      const std::size_t got = from.pop_into(to, std::min(most - moved, kStealChunk));
      if (got == 0) break;
      moved += got;
    }
    return moved;
  }

  WorkerGroup& group_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  Lane outside_;
  std::mutex outside_mutex_;
};

}  // namespace pulse
