// The standard library of C++.
#include <atomic>
#include <mutex>
#include <queue>
#include <shared_mutex>
#include <unordered_map>

#include "groups.hpp"

namespace {

struct LockedQueue {
  std::mutex mutex;
  std::queue<std::uint64_t> items;

  bool push(std::uint64_t item) {
    const std::lock_guard lock{mutex};
    if (items.size() == peers::kCapacity) return false;
    items.push(item);
    return true;
  }
  bool pop(std::uint64_t& item) {
    const std::lock_guard lock{mutex};
    if (items.empty()) return false;
    item = items.front();
    items.pop();
    return true;
  }
};

struct FetchAdd {
  alignas(64) std::atomic<std::uint64_t> value{0};
  void add() { value.fetch_add(1, std::memory_order_relaxed); }
};

/// The floor: a load and a store in a line of one's own.
struct OwnLine {
  static thread_local std::atomic<std::uint64_t> value;
  void add() {  // NOLINT: the groups call a member
    std::atomic<std::uint64_t>* const own = pulsebench::opaque(&value);
    own->store(own->load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
};
alignas(64) thread_local std::atomic<std::uint64_t> OwnLine::value{0};

struct SharedLockMap {
  std::shared_mutex mutex;
  std::unordered_map<std::uint64_t, std::uint64_t> values;

  void insert(std::uint64_t id, std::uint64_t value) { values.emplace(id, value); }
  std::uint64_t find(std::uint64_t id) {
    const std::shared_lock lock{mutex};
    return values.find(id)->second;
  }
};

struct SharedPointer {
  std::atomic<std::shared_ptr<std::uint64_t>> value{std::make_shared<std::uint64_t>(1)};
  std::uint64_t read() { return *value.load(std::memory_order_acquire); }
};

BENCHMARK(peers::queue<LockedQueue>)->Name("peers/queue/std_mutex");
BENCHMARK(peers::hand_over<LockedQueue>)->Name("peers/hand_over/std_mutex")->Threads(2);
BENCHMARK(peers::counter<OwnLine>)->Name("peers/counter/own_line")->ThreadRange(1, 2);
BENCHMARK(peers::counter<FetchAdd>)->Name("peers/counter/std_fetch_add")->ThreadRange(1, 2);
BENCHMARK(peers::look_up<SharedLockMap>)->Name("peers/look_up/std_shared_mutex");
BENCHMARK(peers::read_side<SharedPointer>)->Name("peers/read_side/std_atomic_shared_ptr");

}  // namespace
