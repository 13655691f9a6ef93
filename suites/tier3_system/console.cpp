// What a console that is looked at costs: the message about 100,000 tasks.
#include <benchmark/benchmark.h>

#include <pulse/console/sampler.hpp>
#include <pulse/hook_registry.hpp>
#include <pulse/tier_hooks.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <vector>

namespace {

// One message after every hundredth of the tasks was polled. At four messages a second, 2.5 ms are
// 1 % of one CPU.
void changes(benchmark::State& state) {
  constexpr std::size_t kTasks = 100'000;
  constexpr std::size_t kChanged = 1'000;
  pulse::WorkerGroup group{1};
  const pulse::Worker worker{group};
  pulse::TierManager tiers(group, {}, nullptr, {}, pulse::Statistics::kept);
  pulse::HookRegistry registry{group};
  const pulse::TierConnection connection(registry, tiers, pulse::Timing::none);
  std::vector<pulse::PollContext> tasks(kTasks);
  for (auto& task : tasks) task = {tiers.register_task(worker), worker.index()};
  tiers.watch().start();
  pulse::console::Sampler sampler(tiers);
  benchmark::DoNotOptimize(sampler.changes().size());  // which has all of them
  pulsebench::measure(state, [&, next = std::size_t{0}]() mutable {
    for (std::size_t i = 0; i < kChanged; ++i) {
      next = next + kTasks / kChanged < kTasks ? next + kTasks / kChanged : 0;
      registry.before_poll(tasks[next]);
      benchmark::DoNotOptimize(registry.after_poll(tasks[next], pulse::PollResult::waiting));
    }
    benchmark::DoNotOptimize(sampler.changes().size());
  });
}
BENCHMARK(changes)->Name("console/changes/1000_of_100k");  // target: < 2.5 ms

}  // namespace
