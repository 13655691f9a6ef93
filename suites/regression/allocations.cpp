// "No allocation in a path under 1 us" (critical paths, checklist) as something that fails: each of
// these counts what operator new was asked for in 10,000 operations, and has no result where it was
// asked for anything. Where it was not, the figure is the path's time.
#include <benchmark/benchmark.h>

#include <pulse/cpu_timer.hpp>
#include <pulse/hook_registry.hpp>
#include <pulse/metrics.hpp>
#include <pulse/slow_queue.hpp>
#include <pulse/tier_hooks.hpp>
#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <string>

#include "counting_new.hpp"

namespace {

constexpr int kOperations = 10'000;

struct Executor {
  pulse::WorkerGroup group{1};
  pulse::TierManager tiers{group};
  pulse::HookRegistry registry{group};
  pulse::Metrics metrics{group, {{"polls_total", ""}}, {{"poll_ns", ""}}};
  pulse::SlowQueue<std::uint64_t> queue{group, 256};
  pulse::Worker worker{group};
  pulse::PollContext poll{tiers.register_task(worker), worker.index()};
};

/// Measures `op`, or refuses where it allocates. Its first call may: a worker's first.
template <class Op>
void measure_unless_it_allocates(benchmark::State& state, Op op) {
  op();
  const std::uint64_t calls = allocations();
  const std::uint64_t bytes = allocated_bytes();
  for (int i = 0; i < kOperations; ++i) op();
  if (allocations() != calls) {
    const std::string found = std::to_string(allocations() - calls) + " allocations of " +
                              std::to_string(allocated_bytes() - bytes) + " bytes in " +
                              std::to_string(kOperations) + " operations";
    state.SkipWithError(found.c_str());
    return;
  }
  pulsebench::measure(state, op);
}

void cycle(benchmark::State& state) {
  Executor executor;
  executor.registry.set_hooks(
      std::make_shared<pulse::TierHooks>(executor.tiers, pulse::Timing::thread_cpu));
  measure_unless_it_allocates(state, [&executor] {
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
  measure_unless_it_allocates(state, [&executor] {
    const pulse::TaskHandle task = executor.tiers.register_task(executor.worker);
    executor.tiers.complete(executor.worker, task);
  });
}
BENCHMARK(register_complete)->Name("allocations/register_complete");

void record(benchmark::State& state) {
  Executor executor;
  measure_unless_it_allocates(state, [&executor] {
    executor.metrics.increment_counter(executor.worker, 0);
    executor.metrics.record_histogram(executor.worker, 0, 12'345);
  });
}
BENCHMARK(record)->Name("allocations/metrics");

void slow_queue(benchmark::State& state) {
  Executor executor;
  measure_unless_it_allocates(state, [&executor] {
    pulsebench::consume(executor.queue.enqueue(executor.worker, 1, pulse::Priority::normal));
    pulsebench::consume(executor.queue.process_batch(executor.worker, 1, [](std::uint64_t) {}));
  });
}
BENCHMARK(slow_queue)->Name("allocations/slow_queue");

}  // namespace
