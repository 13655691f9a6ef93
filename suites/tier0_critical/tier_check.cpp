// Tier look-up. Targets: docs/suites.md.
#include <benchmark/benchmark.h>

#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

/// A manager with one task, unknown to the optimizer.
struct CheckedTask {
  pulse::WorkerGroup group{1};
  pulse::TierManager tiers{group};
  pulse::TaskHandle task{pulsebench::opaque(tiers.register_task().slot)};
  pulse::TaskId id{pulsebench::opaque(tiers.id_of(task).value)};
  pulse::TierManager* at = pulsebench::opaque(&tiers);

  ~CheckedTask() { tiers.complete(task); }
};

void get_tier(benchmark::State& state) {
  CheckedTask bench;
  pulsebench::measure(
      state, [at = bench.at, task = bench.task] { benchmark::DoNotOptimize(at->get_tier(task)); });
}
BENCHMARK(get_tier)->Name("tier_check/get_tier");  // target: < 20 ns

void get_tier_by_id(benchmark::State& state) {
  CheckedTask bench;
  pulsebench::measure(
      state, [at = bench.at, id = bench.id] { benchmark::DoNotOptimize(at->get_tier(id)); });
}
BENCHMARK(get_tier_by_id)->Name("tier_check/get_tier_by_id");  // target: < 20 ns

void should_yield(benchmark::State& state) {
  CheckedTask bench;
  pulsebench::measure(state, [at = bench.at, task = bench.task] {
    benchmark::DoNotOptimize(at->should_yield(task));
  });
}
BENCHMARK(should_yield)->Name("tier_check/should_yield");  // target: < 15 ns

}  // namespace
