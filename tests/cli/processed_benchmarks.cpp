// Benchmarks that say what an operation goes through: 1000 bytes, and 3 items. Built twice: as a
// suite, and as a Google Benchmark program that knows nothing of pulsebench.
#include <benchmark/benchmark.h>

#include <cstdint>
#ifdef ON_THE_HARNESS
#include <pulsebench/harness/measure.hpp>
#endif

namespace {

void work() {
  std::uint64_t x = 3;
  for (int i = 0; i < 100; ++i) benchmark::DoNotOptimize(x *= 5);
}

void say(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * 1000);
  state.SetItemsProcessed(state.iterations() * 3);
}

void plain(benchmark::State& state) {
  for (auto _ : state) work();
  say(state);
}
BENCHMARK(plain)->Name("plain/cpu_time");
BENCHMARK(plain)->Name("plain/wall_time")->UseRealTime();
BENCHMARK(plain)->Name("plain/two")->Threads(2);

#ifdef ON_THE_HARNESS
void measured(benchmark::State& state) {
  pulsebench::measure(state, [] { work(); });
  say(state);
}
BENCHMARK(measured)->Name("measured/one");
BENCHMARK(measured)->Name("measured/two")->Threads(2);

void unsaid(benchmark::State& state) {
  pulsebench::measure(state, [] { work(); });
}
BENCHMARK(unsaid)->Name("measured/unsaid");
#endif

}  // namespace

#ifndef ON_THE_HARNESS
BENCHMARK_MAIN();
#endif
