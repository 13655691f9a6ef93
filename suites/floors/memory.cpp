// What the cheapest accesses to memory cost here: the floors under every operation on shared state.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdint>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

/// A word on a line of its own, whose address the optimizer does not know.
struct alignas(64) Word {
  std::atomic<std::uint64_t> value{1};
};

// L: a plain load and the loop around it, one turn a cycle.
void relaxed_load(benchmark::State& state) {
  Word word;
  Word* const at = pulsebench::opaque(&word);
  pulsebench::measure(
      state, [at] { benchmark::DoNotOptimize(at->value.load(std::memory_order_relaxed)); });
}
BENCHMARK(relaxed_load)->Name("floors/relaxed_load");

// The orders that the library's atomics ask for, beside the relaxed one (critical paths, "atomic
// ordering requirements").
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

// X: a locked add whose old value is used, or it would become `lock add`; on a line nobody shares.
void lock_xadd(benchmark::State& state) {
  Word word;
  Word* const at = pulsebench::opaque(&word);
  pulsebench::measure(
      state, [at] { benchmark::DoNotOptimize(at->value.fetch_add(1, std::memory_order_relaxed)); });
}
BENCHMARK(lock_xadd)->Name("floors/lock_xadd");

}  // namespace
