#include "pulse/worker_group.hpp"

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace pulse {
namespace {

thread_local int online_scopes = 0;

}  // namespace

WorkerGroup::WorkerGroup(std::size_t capacity) : places_(std::max<std::size_t>(capacity, 1)) {}

WorkerGroup::~WorkerGroup() {
  assert(std::none_of(places_.begin(), places_.end(), [](const Place& p) { return p.taken; }));
  // The destructor of a retired object may retire another.
  while (waiting() != 0) reclaim();
}

void WorkerGroup::retire(std::shared_ptr<const void> object) {
  if (object == nullptr) return;
  {
    const std::lock_guard lock(mutex_);
    // seq_cst: before the scan in `take_unreachable`, for `Worker::go_online`; the class has the
    // reason.
    const std::uint64_t epoch = epoch_.fetch_add(1) + 1;
    retired_.push_back({epoch, std::move(object)});
    object = take_unreachable();
  }
  if (object != nullptr) reclaim();  // there may be more
}

void WorkerGroup::reclaim() noexcept {
  std::shared_ptr<const void> unreachable;
  do {
    unreachable.reset();
    const std::lock_guard lock(mutex_);
    unreachable = take_unreachable();
  } while (unreachable != nullptr);
}

std::shared_ptr<const void> WorkerGroup::take_unreachable() {
  if (retired_.empty()) return nullptr;
  const std::size_t used = used_.load(std::memory_order_relaxed);  // written under the lock
  for (std::size_t i = 0; i < used; ++i) {
    const std::uint64_t seen = places_[i].seen.load();  // seq_cst: see the class
    if (seen != kOffline && seen < retired_[oldest_].epoch) return nullptr;
  }
  std::shared_ptr<const void> object = std::move(retired_[oldest_++].object);
  // Half at a time, so that each object moves up once, however many wait.
  if (2 * oldest_ >= retired_.size()) {
    retired_.erase(retired_.begin(), retired_.begin() + static_cast<std::ptrdiff_t>(oldest_));
    oldest_ = 0;
  }
  return object;
}

std::size_t WorkerGroup::waiting() const {
  const std::lock_guard lock(mutex_);
  return retired_.size() - oldest_;
}

std::size_t WorkerGroup::take_place() {
  const std::lock_guard lock(mutex_);
  const auto place = std::find_if(places_.begin(), places_.end(), [](auto& p) { return !p.taken; });
  if (place == places_.end()) {
    std::fprintf(stderr, "pulse: a worker group of %zu is full; construct it with more capacity\n",
                 places_.size());
    std::abort();
  }
  place->taken = true;
  const auto index = static_cast<std::size_t>(place - places_.begin());
  // Relaxed load, since only we write it, under the lock; release: see `used`.
  if (index >= used_.load(std::memory_order_relaxed)) {
    used_.store(index + 1, std::memory_order_release);
  }
  return index;
}

void WorkerGroup::free_place(std::size_t index) {
  const std::lock_guard lock(mutex_);
  places_[index].taken = false;
}

Worker::Worker(WorkerGroup& group)
    : group_(group), index_(group.take_place()), place_(group.places_[index_]) {
  go_online();
}

Worker::~Worker() {
  go_offline();
  group_.free_place(index_);
}

int Worker::online_here() noexcept { return online_scopes; }

void Worker::pass(std::uint64_t epoch) noexcept {
  // Release: our calls through older pointers happen before a reader of this destroys them.
  place_.seen.store(epoch, std::memory_order_release);
  group_.reclaim();
}

void Worker::go_online() noexcept {
  ++online_scopes;
  // Both seq_cst, in this order: see WorkerGroup. The first load is a guess that the second checks.
  const std::uint64_t guess = group_.epoch_.load(std::memory_order_relaxed);
  place_.seen.store(guess);
  const std::uint64_t epoch = group_.epoch_.load();
  // A scan may have seen the old guess and kept an object for us, so this has to reclaim too.
  if (epoch != guess) pass(epoch);
}

void Worker::go_offline() noexcept {
  --online_scopes;
  // Relaxed: our own earlier store.
  const std::uint64_t seen = place_.seen.load(std::memory_order_relaxed);
  // Both seq_cst: either a scan sees us offline, or we see the epoch that it raised and scan again.
  // So no object stays unreclaimed.
  place_.seen.store(WorkerGroup::kOffline);
  if (group_.epoch_.load() != seen) group_.reclaim();
}

}  // namespace pulse
