// One task among 10 to 1000: the report's complexity table shows whether the cost of a look-up, or
// of another task, grows with their number.
#include <benchmark/benchmark.h>

#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

void lookup(benchmark::State& state) {
  pulse::WorkerGroup group{1};
  pulse::TierManager tiers{group};
  const pulse::TaskId first = tiers.id_of(tiers.register_task());
  for (std::int64_t i = 1; i < state.range(0); ++i) {
    pulsebench::consume(tiers.register_task().slot);
  }
  const pulse::TaskId id{pulsebench::opaque(first.value)};
  pulsebench::measure(
      state, [at = pulsebench::opaque(&tiers), id] { pulsebench::consume(at->get_tier(id)); });
}
BENCHMARK(lookup)->Name("registry/lookup")->Arg(10)->Arg(50)->Arg(100)->Arg(500)->Arg(1000);

void register_complete(benchmark::State& state) {
  pulse::WorkerGroup group{1};
  pulse::TierManager tiers{group};
  pulse::Worker worker{group};
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    pulsebench::consume(tiers.register_task(worker).slot);
  }
  pulsebench::measure(state,
                      [&tiers, &worker] { tiers.complete(worker, tiers.register_task(worker)); });
}
BENCHMARK(register_complete)->Name("registry/register_complete")->Arg(10)->Arg(100)->Arg(1000);

}  // namespace
