#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

namespace pulse {

class Worker;

/// The threads of one executor, and the memory that they may still be reading.
///
/// Reclamation by quiescent states (QSBR): who replaces something that workers read through an
/// atomic pointer hands the old one to `retire`; it is destroyed once every worker that is online
/// has said, by `Worker::quiescent` or by going offline, that it keeps no pointer from before.
/// Reading costs the workers nothing but the load.
///
/// Why nothing is destroyed too early. `retire` comes after the old pointer was unlinked, and
/// raises the epoch to E. A worker counts as past E only if its `seen` says E or more, or offline:
///  - It stored `seen` = E after it had read the epoch E with acquire, and that read synchronizes
///    with the raise: so whatever it loads from then on is what was linked last. Its store of
///    `seen` is a release, our scan an acquire: its calls through the old pointer happen before the
///    end.
///  - It was offline. The danger is that it comes online unseen while we scan. It stores `seen` and
///    then reads the epoch; we raise the epoch and then read `seen`; all four are seq_cst, so one
///    of both sees the other: either we see it online with an older epoch and wait, or it sees E.
///
/// Precondition of the destructor: no `Worker` is left. It destroys everything still retired.
class WorkerGroup {
 public:
  static constexpr std::size_t kDefaultCapacity = 128;

  /// `capacity`: how many workers may be in the group at the same time, one cache line each.
  explicit WorkerGroup(std::size_t capacity = kDefaultCapacity);
  ~WorkerGroup();
  WorkerGroup(const WorkerGroup&) = delete;
  WorkerGroup& operator=(const WorkerGroup&) = delete;

  [[nodiscard]] std::size_t capacity() const noexcept { return places_.size(); }

  /// One more than the highest `Worker::index` that was ever in use. Any thread.
  [[nodiscard]] std::size_t used() const noexcept {
    // Acquire: who sees a worker counted also sees its place. Free on x86.
    return used_.load(std::memory_order_acquire);
  }

  /// Takes what was just unlinked, and drops it (the last owner destroys it) once no worker can
  /// reach it any more: at once where all are offline, else in a later `quiescent`, `park` or end
  /// of some worker, on that thread. Any thread; from inside of a hook too. Null is ignored.
  void retire(std::shared_ptr<const void> object);

  /// Drops what no worker can reach any more. Seldom needed: the workers do it. Any thread.
  void reclaim() noexcept;

  /// How many retired objects still wait. Any thread.
  [[nodiscard]] std::size_t waiting() const;

 private:
  friend class Worker;

  static constexpr std::uint64_t kOffline = 0;

  /// A worker's own line: only its worker writes `seen`, only a scan reads it.
  struct alignas(64) Place {
    std::atomic<std::uint64_t> seen{kOffline};  ///< the newest epoch the worker is past
    bool taken = false;                         ///< guarded by mutex_
  };

  struct Retired {
    std::uint64_t epoch;
    std::shared_ptr<const void> object;
  };

  std::size_t take_place();
  void free_place(std::size_t index);

  alignas(64) std::atomic<std::uint64_t> epoch_{1};  ///< read by all, written by `retire` only
  std::atomic<std::size_t> used_{0};                 ///< written when a worker comes
  alignas(64) mutable std::mutex mutex_;
  std::list<Retired> retired_;  ///< guarded by mutex_; epochs ascend
  std::vector<Place> places_;
};

/// A thread's membership in a group, for the life of the scope. Only inside of it, and not while
/// parked, may the thread call hooks or a tier manager of that group. All members are to be called
/// by the thread that made it.
class Worker {
 public:
  /// Comes online. Aborts with a message where the group is full: give the group more capacity.
  explicit Worker(WorkerGroup& group);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Which worker of the group this is: below `capacity()`, small, free again afterwards.
  [[nodiscard]] std::size_t index() const noexcept { return index_; }

  [[nodiscard]] WorkerGroup& group() const noexcept { return group_; }

  /// To be said between two polls: this thread holds no pointer it got from the group's users. Two
  /// loads, unless something was retired since. May run destructors of retired objects.
  void quiescent() noexcept {
    // Acquire: who sees the raised epoch also sees the pointers that were replaced before it.
    const std::uint64_t epoch = group_.epoch_.load(std::memory_order_acquire);
    // Relaxed: our own earlier store.
    if (place_.seen.load(std::memory_order_relaxed) != epoch) [[unlikely]]
      pass(epoch);
  }

  /// Offline for the life of the scope: a parked worker keeps nobody waiting.
  class Parked {
   public:
    explicit Parked(Worker& worker) noexcept : worker_(worker) { worker_.go_offline(); }
    ~Parked() { worker_.go_online(); }
    Parked(const Parked&) = delete;
    Parked& operator=(const Parked&) = delete;

   private:
    Worker& worker_;
  };

  /// To be held while the thread sleeps or blocks.
  [[nodiscard]] Parked park() noexcept { return Parked(*this); }

  /// How many scopes of the calling thread are online now. For assertions.
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
