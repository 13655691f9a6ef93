// oneTBB.
#include <oneapi/tbb/concurrent_hash_map.h>
#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/enumerable_thread_specific.h>

#include "groups.hpp"

namespace {

struct Bounded {
  oneapi::tbb::concurrent_bounded_queue<std::uint64_t> items;

  Bounded() { items.set_capacity(peers::kCapacity); }
  bool push(std::uint64_t item) { return items.try_push(item); }
  bool pop(std::uint64_t& item) { return items.try_pop(item); }
};

struct ThreadSpecific {
  oneapi::tbb::enumerable_thread_specific<std::uint64_t> values{0};
  void add() { ++values.local(); }
};

struct HashMap {
  using Map = oneapi::tbb::concurrent_hash_map<std::uint64_t, std::uint64_t>;
  Map values;

  void insert(std::uint64_t id, std::uint64_t value) { values.emplace(id, value); }
  std::uint64_t find(std::uint64_t id) {
    Map::const_accessor found;
    values.find(found, id);
    return found->second;
  }
};

BENCHMARK(peers::queue<Bounded>)->Name("peers/queue/tbb_bounded");
BENCHMARK(peers::hand_over<Bounded>)->Name("peers/hand_over/tbb_bounded")->Threads(2);
BENCHMARK(peers::counter<ThreadSpecific>)
    ->Name("peers/counter/tbb_thread_specific")
    ->ThreadRange(1, 2);
BENCHMARK(peers::look_up<HashMap>)->Name("peers/look_up/tbb_concurrent_hash_map");

}  // namespace
