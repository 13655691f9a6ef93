// TierManager, which every watched poll uses. Targets: docs/suites.md.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <pulse/hook_registry.hpp>
#include <pulse/tier_hooks.hpp>
#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <random>
#include <vector>

namespace {

using std::chrono::nanoseconds;

/// A worker with a watched task, unknown to the optimizer.
struct ManagedTask {
  explicit ManagedTask(pulse::Statistics statistics = pulse::Statistics::none)
      : tiers(group, {}, nullptr, {}, statistics) {}

  pulse::WorkerGroup group{2};
  pulse::TierManager tiers;
  pulse::HookRegistry registry{group};
  pulse::Worker worker{group};
  pulse::Worker second{group};
  pulse::PollContext poll{tiers.register_task(), worker.index()};
  pulse::PollResult result = pulsebench::opaque(pulse::PollResult::waiting);
  nanoseconds cpu_time{pulsebench::opaque(std::int64_t{2'000})};  // a good poll in every tier
  ManagedTask* at = pulsebench::opaque(this);
};

void before_poll(benchmark::State& state) {
  ManagedTask bench;
  // Consumes 2^32 units in some seconds; an exhausted budget takes the same instructions.
  pulsebench::measure(state, [at = bench.at] { at->tiers.before_poll(at->poll); });
}
BENCHMARK(before_poll)->Name("manager/before_poll");  // target: < 100 ns

void after_poll(benchmark::State& state) {
  ManagedTask bench;
  pulsebench::measure(state, [at = bench.at] {
    benchmark::DoNotOptimize(at->tiers.after_poll(at->poll, at->result, at->cpu_time));
  });
}
BENCHMARK(after_poll)->Name("manager/after_poll");  // target: < 200 ns

void record_poll_time(benchmark::State& state) {
  ManagedTask bench;
  pulsebench::measure(state,
                      [at = bench.at] { at->tiers.record_poll_time(at->poll, at->cpu_time); });
}
BENCHMARK(record_poll_time)->Name("manager/record_poll_time");  // target: < 100 ns

void update_tier(benchmark::State& state) {
  ManagedTask bench;
  pulsebench::measure(
      state, [at = bench.at] { benchmark::DoNotOptimize(at->tiers.update_tier(at->poll)); });
}
BENCHMARK(update_tier)->Name("manager/update_tier");  // target: < 200 ns

void violation(benchmark::State& state) {
  ManagedTask bench;
  const nanoseconds too_long = std::chrono::milliseconds{11};
  pulsebench::measure(
      state, [at = bench.at, too_long] { at->tiers.record_poll_time(at->poll, too_long); });
}
BENCHMARK(violation)->Name("manager/violation");  // target: < 100 ns

// The whole poll of a task: before, the task charges itself a unit, after, check. The poll itself
// is unknown code that does nothing.
void cycle(benchmark::State& state, pulse::Timing timing,
           pulse::Statistics statistics = pulse::Statistics::none, bool is_watched = false) {
  ManagedTask bench(statistics);
  if (is_watched) bench.tiers.watch().start();
  const pulse::TierConnection connection(bench.at->registry, bench.at->tiers, timing);
  pulsebench::measure(state, [at = bench.at] {
    at->registry.before_poll(at->poll);
    benchmark::DoNotOptimize(at->tiers.budget(at->poll.task).consume());
    benchmark::ClobberMemory();
    benchmark::DoNotOptimize(at->registry.after_poll(at->poll, at->result));
    benchmark::DoNotOptimize(at->tiers.should_yield(at->poll.task));
  });
}
BENCHMARK_CAPTURE(cycle, untimed, pulse::Timing::none)->Name("manager/cycle");  // < 100 ns
BENCHMARK_CAPTURE(cycle, timed, pulse::Timing::thread_cpu)->Name("manager/cycle_timed");
// With statistics for a console: without a client, and with one.
BENCHMARK_CAPTURE(cycle, kept, pulse::Timing::none, pulse::Statistics::kept)
    ->Name("manager/cycle_statistics");
BENCHMARK_CAPTURE(cycle, watched, pulse::Timing::none, pulse::Statistics::kept, true)
    ->Name("manager/cycle_watched");

void get_metrics(benchmark::State& state) {
  ManagedTask bench;
  pulsebench::measure(state,
                      [at = bench.at] { benchmark::DoNotOptimize(at->tiers.get_metrics()); });
}
BENCHMARK(get_metrics)->Name("manager/get_metrics");  // target: < 150 ns

void manager_register_complete(benchmark::State& state) {
  ManagedTask bench;
  pulsebench::measure(state, [at = bench.at] {
    const pulse::TaskHandle task{pulsebench::opaque(at->tiers.register_task(at->worker).slot)};
    at->tiers.complete(at->worker, task);
  });
}
BENCHMARK(manager_register_complete)->Name("manager/register_complete");

/// 100,000 tasks in random order, so that each is a cache miss.
struct Crowd : ManagedTask {
  static constexpr std::size_t kTasks = 100'000;
  std::vector<pulse::TaskHandle> order;
  std::size_t next = 0;

  Crowd() {
    for (std::size_t i = 0; i < kTasks; ++i) order.push_back(tiers.register_task());
    std::shuffle(order.begin(), order.end(), std::mt19937_64{1});
  }

  pulse::PollContext any() {
    next = next + 1 == kTasks ? 0 : next + 1;
    return {order[next], 0};
  }
};

void crowd_get_tier(benchmark::State& state) {
  Crowd crowd;
  pulsebench::measure(
      state, [&crowd] { benchmark::DoNotOptimize(crowd.tiers.get_tier(crowd.any().task)); });
}
BENCHMARK(crowd_get_tier)->Name("manager/crowd/get_tier");

void crowd_before_poll(benchmark::State& state) {
  Crowd crowd;
  pulsebench::measure(state, [&crowd] { crowd.tiers.before_poll(crowd.any()); });
}
BENCHMARK(crowd_before_poll)->Name("manager/crowd/before_poll");

void crowd_after_poll(benchmark::State& state) {
  Crowd crowd;
  pulsebench::measure(state, [&crowd] {
    benchmark::DoNotOptimize(crowd.tiers.after_poll(crowd.any(), crowd.result, crowd.cpu_time));
  });
}
BENCHMARK(crowd_after_poll)->Name("manager/crowd/after_poll");

}  // namespace
