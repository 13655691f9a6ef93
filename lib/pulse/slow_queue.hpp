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

/// A bounded ring with one producer and any number of consumers. Items are trivially copyable and
/// fit a word.
///
/// Why nothing is lost or delivered twice. Positions only grow. A consumer copies items and then
/// moves `head_` past them by one compare-and-swap: it succeeds for one consumer only, and only if
/// `head_` has not moved since, and while it has not, the producer does not reuse the slots.
template <class Item>
class StealRing {
  static_assert(std::is_trivially_copyable_v<Item> && sizeof(Item) <= sizeof(std::uint64_t));

 public:
  /// `capacity` is rounded up to a power of two.
  explicit StealRing(std::size_t capacity)
      : mask_(std::bit_ceil(capacity) - 1),
        slots_(std::make_unique<std::atomic<Item>[]>(mask_ + 1)) {}

  /// False, and nothing is queued, where the ring is full. The producer only.
  [[nodiscard]] bool push(Item item) noexcept {
    // Relaxed: the producer's own earlier store.
    const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - known_head_ > mask_) [[unlikely]] {
      // Acquire: pairs with the release in `pop`; the consumer's copies come before our
      // overwriting.
      known_head_ = head_.load(std::memory_order_acquire);
      if (tail - known_head_ > mask_) return false;
    }
    // Relaxed: published by the next line.
    slots_[tail & mask_].store(item, std::memory_order_relaxed);
    // Release: who sees the new tail sees the item.
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }

  /// Moves up to `most` items, oldest first, into `out`; how many. Any thread. Zero also where
  /// others were quicker; the ring need not be empty then.
  std::size_t pop(Item* out, std::size_t most) noexcept {
    // Acquire: the tail below is then no older than this head.
    std::uint64_t head = head_.load(std::memory_order_acquire);
    // Acquire: pairs with the release in `push`.
    const std::uint64_t tail = tail_.load(std::memory_order_acquire);
    if (head >= tail) return 0;
    const std::uint64_t count = std::min<std::uint64_t>(tail - head, most);
    // Copies, which the compiler knows not to change under the loop.
    const std::uint64_t mask = mask_;
    const std::atomic<Item>* const slots = slots_.get();
    for (std::uint64_t i = 0; i < count; ++i) {
      // Relaxed: ordered by the acquire of the tail; a copy that raced with an overwriting is
      // thrown away, because the exchange fails.
      out[i] = slots[(head + i) & mask].load(std::memory_order_relaxed);
    }
    // Release: our copies come before the producer's reuse of the slots.
    const bool won = head_.compare_exchange_strong(head, head + count, std::memory_order_release,
                                                   std::memory_order_relaxed);
    return won ? count : 0;
  }

  /// Moves up to `most` items, oldest first, to the end of `to`; how many. The producer of `to`
  /// only, whatever thread for this ring. Zero also where others were quicker. Precondition:
  /// `to.room()` is at least `most`.
  std::size_t pop_into(StealRing& to, std::size_t most) noexcept {
    // As in `pop`.
    std::uint64_t head = head_.load(std::memory_order_acquire);
    const std::uint64_t tail = tail_.load(std::memory_order_acquire);
    if (head >= tail) return 0;
    const std::uint64_t count = std::min<std::uint64_t>(tail - head, most);
    // Relaxed: the producer's own earlier store.
    const std::uint64_t end = to.tail_.load(std::memory_order_relaxed);
    const std::uint64_t from_mask = mask_;
    const std::uint64_t to_mask = to.mask_;
    const std::atomic<Item>* const from_slots = slots_.get();
    std::atomic<Item>* const to_slots = to.slots_.get();
    for (std::uint64_t i = 0; i < count; ++i) {
      // Relaxed, twice: as in `pop`; and behind the tail of `to` nobody reads before it is moved.
      to_slots[(end + i) & to_mask].store(
          from_slots[(head + i) & from_mask].load(std::memory_order_relaxed),
          std::memory_order_relaxed);
    }
    // Release: as in `pop`.
    if (!head_.compare_exchange_strong(head, head + count, std::memory_order_release,
                                       std::memory_order_relaxed)) {
      return 0;
    }
    // Release: who sees the new tail sees the items.
    to.tail_.store(end + count, std::memory_order_release);
    return count;
  }

  /// At some moment during the call. Any thread.
  [[nodiscard]] std::size_t size() const noexcept {
    const std::uint64_t head = head_.load(std::memory_order_acquire);  // so: not after the tail
    const std::uint64_t tail = tail_.load(std::memory_order_acquire);
    return tail - head;
  }

  /// How many pushes are sure to succeed. The producer only.
  [[nodiscard]] std::size_t room() const noexcept { return mask_ + 1 - size(); }

  [[nodiscard]] std::size_t capacity() const noexcept { return mask_ + 1; }

 private:
  const std::uint64_t mask_;
  const std::unique_ptr<std::atomic<Item>[]> slots_;
  alignas(64) std::atomic<std::uint64_t> tail_{0};  ///< written by the producer
  std::uint64_t known_head_ = 0;                    ///< the producer's, never ahead of `head_`
  alignas(64) std::atomic<std::uint64_t> head_{0};  ///< written by consumers
};

/// Where the executor puts tasks that have to wait: bounded, four priorities, first in first out
/// within a priority of a worker. Each worker has rings of its own and steals from the others where
/// they are empty, so that no line is shared but by a theft.
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

  /// False, and the item is not queued, where the worker's ring of that priority is full.
  [[nodiscard]] bool enqueue(const Worker& worker, Item item, Priority priority) noexcept {
    return own(worker).ring(priority).push(item);
  }

  /// The same from a thread that is no worker. Takes a lock.
  [[nodiscard]] bool enqueue(Item item, Priority priority) noexcept {
    const std::lock_guard lock(outside_mutex_);
    return outside_.ring(priority).push(item);
  }

  /// Takes up to `most` items and calls `work(item)` for each; how many. High priorities first, the
  /// worker's own before others'; every sixteenth batch starts with the low ones, so that they do
  /// not starve. Zero where the queue was empty.
  template <class Work>
  std::size_t process_batch(const Worker& worker, std::size_t most, Work&& work) {
    Lane& lane = own(worker);
    const bool reversed = ++lane.batches % kReversedEvery == 0;
    std::size_t done = drain(lane, most, reversed, work);
    if (done != 0) return done;
    done = drain(outside_, most, reversed, work);
    // Beginning with the neighbour, or all would rob the same one.
    const std::size_t used = group_.used();
    for (std::size_t i = 1; done == 0 && i < used; ++i) {
      done = drain(*lanes_[(worker.index() + i) % used], most, reversed, work);
    }
    return done;
  }

  /// Evens the load out: moves to the worker's rings half of what the fullest ring of each priority
  /// has more than its own, as far as there is room; how many.
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

  /// How many items wait, at some moment during the call. Any thread.
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
  /// Items moved from ring to ring at once: what is copied in vain where another was quicker.
  static constexpr std::size_t kTheft = 256;

  /// A worker's rings, one for each priority.
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

  /// `to` belongs to the calling worker, so that its room cannot shrink meanwhile.
  static std::size_t move(StealRing<Item>& from, StealRing<Item>& to, std::size_t most) noexcept {
    most = std::min(most, to.room());
    std::size_t moved = 0;
    while (moved < most) {
      const std::size_t got = from.pop_into(to, std::min(most - moved, kTheft));
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
