// Memory of a manager, and cost of its destruction.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <random>
#include <vector>

#include "../resident_bytes.hpp"

namespace {

using suites::resident_bytes;

// A look-up by id among a million tasks. A plain Google Benchmark run also shows the resident bytes
// per task.
void million_tasks(benchmark::State& state) {
  constexpr std::size_t kTasks = 1'000'000;
  std::vector<pulse::TaskId> ids(kTasks);
  pulse::WorkerGroup group{1};
  const double before = resident_bytes();
  pulse::TierManager tiers(group);
  for (auto& id : ids) id = tiers.id_of(tiers.register_task());
  state.counters["resident_bytes_per_task"] = (resident_bytes() - before) / kTasks;
  std::shuffle(ids.begin(), ids.end(), std::mt19937_64{1});
  pulsebench::measure(state, [at = pulsebench::opaque(&tiers), ids = pulsebench::opaque(ids.data()),
                              next = 0UL]() mutable {
    next = next + 1 == kTasks ? 0 : next + 1;
    benchmark::DoNotOptimize(at->get_tier(ids[next]));
  });
}
BENCHMARK(million_tasks)->Name("manager/million_tasks/get_tier_by_id");

// Creates a manager, registers 100,000 tasks, and destroys it with all of them.
void drop_100k(benchmark::State& state) {
  pulse::WorkerGroup group{1};
  pulsebench::measure(state, [&group] {
    pulse::TierManager tiers(group);
    for (int i = 0; i < 100'000; ++i) benchmark::DoNotOptimize(tiers.register_task().slot);
  });
}
BENCHMARK(drop_100k)->Name("manager/fill_and_drop_100k");  // target: < 100 ms

}  // namespace
