// Metrics. Targets: docs/suites.md.
#include <benchmark/benchmark.h>

#include <pulse/metrics.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

struct Bench {
  pulse::WorkerGroup group{2};
  pulse::Metrics metrics{group, {{"polls_total", ""}}, {{"poll_ns", ""}}};
  pulse::Worker worker{group};
  std::size_t id = pulsebench::opaque(std::size_t{0});
  std::uint64_t value = pulsebench::opaque(std::uint64_t{12'345});
  Bench* at = pulsebench::opaque(this);
};

void increment_counter(benchmark::State& state) {
  Bench bench;
  pulsebench::measure(state,
                      [at = bench.at] { at->metrics.increment_counter(at->worker, at->id); });
}
BENCHMARK(increment_counter)->Name("metrics/increment_counter");  // target: < 50 ns

void record_histogram(benchmark::State& state) {
  Bench bench;
  pulsebench::measure(
      state, [at = bench.at] { at->metrics.record_histogram(at->worker, at->id, at->value); });
}
BENCHMARK(record_histogram)->Name("metrics/record_histogram");  // target: < 100 ns

}  // namespace
