// What a resource and an operation cost: in a manager without statistics, in one with them, and
// while it is watched. Targets: docs/suites.md.
#include <benchmark/benchmark.h>

#include <pulse/operation.hpp>
#include <pulse/resource.hpp>
#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

struct Shown {
  explicit Shown(pulse::Statistics statistics) : tiers(group, {}, nullptr, {}, statistics) {}

  pulse::WorkerGroup group{1};
  pulse::TierManager tiers;
  pulse::ResourceTable* resources = pulsebench::opaque(tiers.resources());
};

void resource(benchmark::State& state, pulse::Statistics statistics) {
  Shown bench(statistics);
  pulsebench::measure(state, [&bench] {
    const pulse::Resource shown(bench.resources, "timer");
    benchmark::DoNotOptimize(&shown);
  });
}
BENCHMARK_CAPTURE(resource, none, pulse::Statistics::none)->Name("resource/open_close/none");
BENCHMARK_CAPTURE(resource, kept, pulse::Statistics::kept)->Name("resource/open_close/kept");

void waiter(benchmark::State& state) {
  Shown bench(pulse::Statistics::kept);
  const pulse::Resource shown(bench.resources, "timer");
  pulsebench::measure(state, [&shown] {
    const pulse::Waiter one(shown);
    benchmark::DoNotOptimize(&one);
  });
}
BENCHMARK(waiter)->Name("resource/wait_leave");

void operation(benchmark::State& state, bool is_watched) {
  Shown bench(pulse::Statistics::kept);
  if (is_watched) bench.tiers.watch().start();
  pulsebench::measure(state, [&watch = bench.tiers.watch()] {
    pulse::Operation one(watch, "read");
    benchmark::DoNotOptimize(&one);
    one.end();
  });
}
BENCHMARK_CAPTURE(operation, unwatched, false)->Name("operation/unwatched");
BENCHMARK_CAPTURE(operation, watched, true)->Name("operation/watched");

}  // namespace
