// A Google Benchmark program as anybody would write it: it knows nothing of pulsebench. Built
// twice, with another amount of WORK in one of its benchmarks.
#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

void multiply(benchmark::State& state, int times) {
  std::uint64_t x = 3;
  for (auto _ : state) {
    for (int i = 0; i < times; ++i) {
      x *= 5;
      benchmark::DoNotOptimize(x);
    }
  }
}
BENCHMARK_CAPTURE(multiply, changed, WORK);
BENCHMARK_CAPTURE(multiply, same, 100);

}  // namespace

BENCHMARK_MAIN();
