// What programs of Google Benchmark do that a tool may trip over. Built with one of two mains: LAX
// ignores flags that it does not know, COUNT returns the number of benchmarks that ran.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <limits>

namespace {

void work(benchmark::State& state) {
  std::uint64_t x = 3;
  for (auto _ : state) {
    for (int i = 0; i < 50; ++i) benchmark::DoNotOptimize(x *= 5);
  }
}

void one(benchmark::State& state) { work(state); }
BENCHMARK(one);
BENCHMARK(one)->UseRealTime();
BENCHMARK(one)->MeasureProcessCPUTime();
BENCHMARK(one)->Name("twin");
BENCHMARK(one)->Name("twin");
BENCHMARK(one)->Name("brackets[1]{2}(3)");
BENCHMARK(one)->Name("aggregates")->ReportAggregatesOnly();

void counters(benchmark::State& state) {
  work(state);
  state.counters["zero"] = 0;
  state.counters["none"] = std::numeric_limits<double>::quiet_NaN();
  state.counters["endless"] = std::numeric_limits<double>::infinity();
}
BENCHMARK(counters);

void label(benchmark::State& state) {
  work(state);
  state.SetLabel("\xff\x1b[31m\"");
}
BENCHMARK(label);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
#ifdef LAX
  benchmark::RunSpecifiedBenchmarks();
  return 0;
#else
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  return static_cast<int>(benchmark::RunSpecifiedBenchmarks());
#endif
}
