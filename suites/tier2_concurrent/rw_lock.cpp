// A lock with readers and writers, contended and not: the patterns of Tokio.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <mutex>
#include <pulsebench/harness/measure.hpp>
#include <shared_mutex>

#include "shared.hpp"

namespace {

struct ReadMostly {
  explicit ReadMostly(std::size_t /*threads*/) {}
  alignas(64) std::shared_mutex lock;
  alignas(64) std::uint64_t value = 0;
};

// With one thread this is the uncontended read; more threads share the count of readers.
void read(benchmark::State& state) {
  auto& shared = *Shared<ReadMostly>::get();
  pulsebench::measure(state, [&shared] {
    const std::shared_lock guard(shared.lock);
    pulsebench::consume(shared.value);
  });
}
BENCHMARK(read)->Name("rw_lock/read")->Apply(contended<ReadMostly>);

// The first thread writes, the others read.
void one_writes(benchmark::State& state) {
  auto& shared = *Shared<ReadMostly>::get();
  const bool writes = state.thread_index() == 0;
  pulsebench::measure(state, [&shared, writes] {
    if (writes) {
      const std::unique_lock guard(shared.lock);
      pulsebench::consume(++shared.value);
    } else {
      const std::shared_lock guard(shared.lock);
      pulsebench::consume(shared.value);
    }
  });
}
BENCHMARK(one_writes)->Name("rw_lock/one_writes")->Apply(contended<ReadMostly>);

}  // namespace
