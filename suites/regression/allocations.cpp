// "No allocation in a path under 1 us" (critical paths, checklist): the paths that an executor runs
// once per poll or task. The harness counts their allocations in every run, since
// config/targets.json bounds them by none. The result is the path's time.
#include <benchmark/benchmark.h>

#include <pulse/cpu_timer.hpp>
#include <pulse/hook_registry.hpp>
#include <pulse/metrics.hpp>
#include <pulse/slow_queue.hpp>
#include <pulse/tier_hooks.hpp>
#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

struct Executor {
  pulse::WorkerGroup group{1};
  pulse::TierManager tiers{group};
  pulse::HookRegistry registry{group};
  pulse::Metrics metrics{group, {{"polls_total", ""}}, {{"poll_ns", ""}}};
  pulse::SlowQueue<std::uint64_t> queue{group, 256};
  pulse::Worker worker{group};
  pulse::PollContext poll{tiers.register_task(worker), worker.index()};
};

void cycle(benchmark::State& state) {
  Executor executor;
  executor.registry.set_hooks(
      std::make_shared<pulse::TierHooks>(executor.tiers, pulse::Timing::thread_cpu));
  pulsebench::measure(state, [&executor] {
    executor.registry.before_poll(executor.poll);
    pulsebench::consume(executor.tiers.budget(executor.poll.task).consume());
    pulsebench::consume(executor.registry.after_poll(executor.poll, pulse::PollResult::waiting));
    pulsebench::consume(executor.tiers.should_yield(executor.poll.task));
    executor.worker.quiescent();
  });
}
BENCHMARK(cycle)->Name("allocations/poll_cycle");

void register_complete(benchmark::State& state) {
  Executor executor;
  pulsebench::measure(state, [&executor] {
    const pulse::TaskHandle task = executor.tiers.register_task(executor.worker);
    executor.tiers.complete(executor.worker, task);
  });
}
BENCHMARK(register_complete)->Name("allocations/register_complete");

void record(benchmark::State& state) {
  Executor executor;
  pulsebench::measure(state, [&executor] {
    executor.metrics.increment_counter(executor.worker, 0);
    executor.metrics.record_histogram(executor.worker, 0, 12'345);
  });
}
BENCHMARK(record)->Name("allocations/metrics");

void slow_queue(benchmark::State& state) {
  Executor executor;
  pulsebench::measure(state, [&executor] {
    pulsebench::consume(executor.queue.enqueue(executor.worker, 1, pulse::Priority::normal));
    pulsebench::consume(executor.queue.process_batch(executor.worker, 1, [](std::uint64_t) {}));
  });
}
BENCHMARK(slow_queue)->Name("allocations/slow_queue");

}  // namespace
