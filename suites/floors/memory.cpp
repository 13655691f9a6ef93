// Cost of the cheapest memory accesses: the floors of every operation on shared state.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdint>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

/// A word on its own cache line, whose address is unknown to the optimizer.
struct alignas(64) Word {
  std::atomic<std::uint64_t> value{1};
};

// L: a plain load in a loop of one turn per cycle.
void relaxed_load(benchmark::State& state) {
  Word word;
  Word* const at = pulsebench::opaque(&word);
  pulsebench::measure(
      state, [at] { benchmark::DoNotOptimize(at->value.load(std::memory_order_relaxed)); });
}
BENCHMARK(relaxed_load)->Name("floors/relaxed_load");

// The other memory orders of the library's atomics (critical paths, "atomic ordering
// requirements").
void acquire_load(benchmark::State& state) {
  Word word;
  Word* const at = pulsebench::opaque(&word);
  pulsebench::measure(
      state, [at] { benchmark::DoNotOptimize(at->value.load(std::memory_order_acquire)); });
}
BENCHMARK(acquire_load)->Name("floors/acquire_load");

void store(benchmark::State& state, std::memory_order order) {
  Word word;
  Word* const at = pulsebench::opaque(&word);
  if (order == std::memory_order_release) {
    pulsebench::measure(state, [at] { at->value.store(2, std::memory_order_release); });
  } else {
    pulsebench::measure(state, [at] { at->value.store(2, std::memory_order_seq_cst); });
  }
}
BENCHMARK_CAPTURE(store, release, std::memory_order_release)->Name("floors/release_store");
BENCHMARK_CAPTURE(store, seq_cst, std::memory_order_seq_cst)->Name("floors/seq_cst_store");

// X: a locked add, whose result is used because otherwise it becomes `lock add`; on its own line.
void lock_xadd(benchmark::State& state) {
  Word word;
  Word* const at = pulsebench::opaque(&word);
  pulsebench::measure(
      state, [at] { benchmark::DoNotOptimize(at->value.fetch_add(1, std::memory_order_relaxed)); });
}
BENCHMARK(lock_xadd)->Name("floors/lock_xadd");

}  // namespace
