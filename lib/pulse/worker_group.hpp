#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace pulse {

class Worker;

/// Threads of one executor, and the memory that they may still read.
///
/// Reclamation by quiescent states (QSBR): a thread that replaces an object which workers read
/// through an atomic pointer gives the old one to `retire`. The object is destroyed once every
/// online worker has called `Worker::quiescent` or gone offline, and so has no older pointer.
/// Reading costs the workers only the load.
///
/// Why nothing is destroyed too early. `retire` is called after the old pointer was unlinked, and
/// raises the epoch to E. A worker counts as past E only if its `seen` is at least E, or offline:
///  - It stored `seen` = E after it had read the epoch E with acquire. That read synchronizes with
///    the raise, so later loads return what was linked last. Its store of `seen` is a release and
///    our scan an acquire, so its calls through the old pointer happen before the destruction.
///  - It was offline. The danger is that it comes online unseen while we scan. It stores `seen` and
///    then reads the epoch; we raise the epoch and then read `seen`. All four are seq_cst, so one
///    sees the other: either we see it online with an older epoch and wait, or it sees E.
///
/// Precondition of the destructor: no `Worker` exists. It destroys all retired objects.
class WorkerGroup {
 public:
  static constexpr std::size_t kDefaultCapacity = 128;

  /// `capacity`: maximum number of workers at the same time, one cache line each.
  explicit WorkerGroup(std::size_t capacity = kDefaultCapacity);
  ~WorkerGroup();
  WorkerGroup(const WorkerGroup&) = delete;
  WorkerGroup& operator=(const WorkerGroup&) = delete;

  [[nodiscard]] std::size_t capacity() const noexcept { return places_.size(); }

  /// One more than the highest `Worker::index` that was ever in use. Any thread.
  [[nodiscard]] std::size_t used() const noexcept {
    // Acquire: a thread that sees a worker counted also sees its place. Free on x86.
    return used_.load(std::memory_order_acquire);
  }

  /// Releases an unlinked `object` once no worker can reach it. That is at once if all are offline,
  /// otherwise in a later `quiescent`, `park` or destructor of a worker, on its thread. Any thread,
  /// also inside of a hook. Null is ignored.
  void retire(std::shared_ptr<const void> object);

  /// Releases the objects that no worker can reach. Rarely needed: the workers do it. Any thread.
  void reclaim() noexcept;

  /// Number of retired objects that are not released yet. Any thread.
  [[nodiscard]] std::size_t waiting() const;

 private:
  friend class Worker;

  static constexpr std::uint64_t kOffline = 0;

  /// Cache line of a worker: only the worker writes `seen`, only a scan reads it.
  struct alignas(64) Place {
    std::atomic<std::uint64_t> seen{kOffline};  ///< the newest epoch the worker is past
    bool taken = false;                         ///< guarded by mutex_
  };

  struct Retired {
    std::uint64_t epoch;
    std::shared_ptr<const void> object;
  };

  /// Takes the oldest object out of `retired_` if no worker can reach it, else null. The caller has
  /// the lock, and destroys the object without it: its destructor may call `retire`.
  [[nodiscard]] std::shared_ptr<const void> take_unreachable();
  std::size_t take_place();
  void free_place(std::size_t index);

  alignas(64) std::atomic<std::uint64_t> epoch_{1};  ///< read by all, written by `retire` only
  std::atomic<std::size_t> used_{0};                 ///< written when a worker is added
  alignas(64) mutable std::mutex mutex_;
  std::vector<Retired> retired_;  ///< guarded by mutex_; epochs ascend
  std::size_t oldest_ = 0;        ///< guarded by mutex_; of `retired_`: those before are taken
  std::vector<Place> places_;
};

/// Membership of a thread in a group, for the life of the object. Only during it, and not while
/// parked, may the thread call hooks or a tier manager of that group. Only the thread that
/// constructed it may call its members.
class Worker {
 public:
  /// Goes online. Aborts with a message if the group is full: give the group more capacity.
  explicit Worker(WorkerGroup& group);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Number of this worker in the group, below `capacity()`. It is reused after the worker's end.
  [[nodiscard]] std::size_t index() const noexcept { return index_; }

  [[nodiscard]] WorkerGroup& group() const noexcept { return group_; }

  /// Call between two polls: declares that this thread has no pointer from the group's users. Costs
  /// two loads, unless an object was retired. May run destructors of retired objects.
  void quiescent() noexcept {
    // Acquire: with the raised epoch, the pointers that were replaced before it are seen too.
    const std::uint64_t epoch = group_.epoch_.load(std::memory_order_acquire);
    // Relaxed: our own earlier store.
    if (place_.seen.load(std::memory_order_relaxed) != epoch) [[unlikely]]
      pass(epoch);
  }

  /// Offline for the life of the object: no object waits for a parked worker.
  class Parked {
   public:
    explicit Parked(Worker& worker) noexcept : worker_(worker) { worker_.go_offline(); }
    ~Parked() { worker_.go_online(); }
    Parked(const Parked&) = delete;
    Parked& operator=(const Parked&) = delete;

   private:
    Worker& worker_;
  };

  /// Keep the result while the thread sleeps or blocks.
  [[nodiscard]] Parked park() noexcept { return Parked(*this); }

  /// Number of online workers of the calling thread. For assertions.
  [[nodiscard]] static int online_here() noexcept;

 private:
  void pass(std::uint64_t epoch) noexcept;
  void go_online() noexcept;
  void go_offline() noexcept;

  WorkerGroup& group_;
  std::size_t index_;
  WorkerGroup::Place& place_;
};

}  // namespace pulse
