#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <utility>

#include "pulse/location.hpp"
#include "pulse/place_table.hpp"

namespace pulse {

/// Resources of one kind that were opened at one place of the source.
struct ResourceSnapshot {
  const char* kind = "";
  Location where;
  std::uint64_t opened = 0;
  std::uint64_t closed = 0;
  std::uint64_t waiting = 0;  ///< what waits at those that are open
};

/// What tasks wait at, such as timers, strands and queues, for a Console. Any thread.
class ResourceTable {
 public:
  /// Number of those that wait, when a Console asks for it.
  using Ask = std::function<std::size_t()>;

  /// Calls `visit(ResourceSnapshot)`. It asks under a lock, see `Resource`.
  template <class Visit>
  void for_each(Visit visit) {
    places_.for_each([&](const auto& entry) { visit(snapshot_of(entry)); });
    const std::lock_guard lock(mutex_);
    for (const Asked& one : asked_) visit(ResourceSnapshot{one.kind, one.where, 0, 0, one.ask()});
  }

 private:
  friend class Resource;
  friend class Waiter;

  struct Counts {
    std::atomic<std::uint64_t> opened{0};
    std::atomic<std::uint64_t> closed{0};
    std::atomic<std::uint64_t> waiting{0};
  };
  struct Asked {
    const char* kind;
    Location where;
    Ask ask;
  };

  [[nodiscard]] static ResourceSnapshot snapshot_of(const PlaceTable<Counts>::Entry& entry) {
    ResourceSnapshot now{entry.kind, entry.where};
    // Acquire: pairs with the release of a closing, which comes after its opening. So no more are
    // closed than opened.
    now.closed = entry.counts.closed.load(std::memory_order_acquire);
    now.opened = entry.counts.opened.load(std::memory_order_relaxed);
    now.waiting = entry.counts.waiting.load(std::memory_order_relaxed);  // an independent count
    return now;
  }

  PlaceTable<Counts> places_;
  std::mutex mutex_;
  std::list<Asked> asked_;  ///< guarded by mutex_
};

/// Shows a resource from its construction to its end, in the row of its kind and place. An empty
/// one shows nothing and costs nothing: the `resources()` of a manager without statistics are null.
///
/// The table has to outlive the resource. `kind` lives as long as the program.
class Resource {
 public:
  Resource() noexcept = default;

  /// What waits at it is counted by `wait` and `leave`, or by a `Waiter`.
  Resource(ResourceTable* table, const char* kind, Location where = Location::here())
      : counts_(table == nullptr ? nullptr : &table->places_.at(kind, where)) {
    // Relaxed: an independent count.
    if (counts_ != nullptr) counts_->opened.fetch_add(1, std::memory_order_relaxed);
  }

  /// What waits at it is asked for, so that the resource itself counts nothing. A Console calls
  /// `ask` on its own thread, while a lock keeps the resource: it has to return soon, and may not
  /// open or close resources that are asked.
  Resource(ResourceTable* table, const char* kind, ResourceTable::Ask ask,
           Location where = Location::here())
      : Resource(table, kind, where) {
    if (table == nullptr) return;
    const std::lock_guard lock(table->mutex_);
    table->asked_.push_front({kind, where, std::move(ask)});
    table_ = table;
    asked_ = table->asked_.begin();
  }

  Resource(Resource&& other) noexcept
      : counts_(std::exchange(other.counts_, nullptr)),
        table_(std::exchange(other.table_, nullptr)),
        asked_(other.asked_) {}
  Resource& operator=(Resource&& other) noexcept {
    std::swap(counts_, other.counts_);
    std::swap(table_, other.table_);
    std::swap(asked_, other.asked_);
    return *this;
  }
  Resource(const Resource&) = delete;
  Resource& operator=(const Resource&) = delete;

  ~Resource() {
    if (table_ != nullptr) {
      const std::lock_guard lock(table_->mutex_);
      table_->asked_.erase(asked_);
    }
    // Release: see `ResourceTable::snapshot_of`.
    if (counts_ != nullptr) counts_->closed.fetch_add(1, std::memory_order_release);
  }

  /// One more waits. Any thread.
  void wait() const noexcept {
    // Relaxed, here and below: an independent count.
    if (counts_ != nullptr) counts_->waiting.fetch_add(1, std::memory_order_relaxed);
  }
  /// One of those that waited does so no more. Any thread.
  void leave() const noexcept {
    if (counts_ != nullptr) counts_->waiting.fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  friend class Waiter;

  ResourceTable::Counts* counts_ = nullptr;  ///< null: shows nothing
  ResourceTable* table_ = nullptr;           ///< null: is not asked
  std::list<ResourceTable::Asked>::iterator asked_;
};

/// One that waits at a resource, for the life of the object. It may outlive the resource, not its
/// table.
class Waiter {
 public:
  Waiter() noexcept = default;
  explicit Waiter(const Resource& resource) noexcept : counts_(resource.counts_) {
    resource.wait();
  }
  Waiter(Waiter&& other) noexcept : counts_(std::exchange(other.counts_, nullptr)) {}
  Waiter& operator=(Waiter&& other) noexcept {
    std::swap(counts_, other.counts_);
    return *this;
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  ~Waiter() {
    // Relaxed: see `Resource::leave`.
    if (counts_ != nullptr) counts_->waiting.fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  ResourceTable::Counts* counts_ = nullptr;
};

}  // namespace pulse
