// Abseil: a hash map that is not thread-safe, and its mutex.
#include <absl/container/flat_hash_map.h>
#include <absl/synchronization/mutex.h>

#include "groups.hpp"

namespace {

struct PlainMap {
  absl::flat_hash_map<std::uint64_t, std::uint64_t> values;

  void insert(std::uint64_t id, std::uint64_t value) { values.emplace(id, value); }
  std::uint64_t find(std::uint64_t id) { return values.find(id)->second; }
};

struct LockedMap : PlainMap {
  absl::Mutex mutex;

  std::uint64_t find(std::uint64_t id) {
    const absl::ReaderMutexLock lock{&mutex};
    return PlainMap::find(id);
  }
};

BENCHMARK(peers::look_up<PlainMap>)->Name("peers/look_up/absl_without_a_lock");
BENCHMARK(peers::look_up<LockedMap>)->Name("peers/look_up/absl_reader_lock");

}  // namespace
