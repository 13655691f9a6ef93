// HookRegistry and the whole poll cycle. Targets: docs/suites.md.
#include <benchmark/benchmark.h>

#include <limits>
#include <pulse/hook_registry.hpp>
#include <pulse/task_budget.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "noop_hooks.hpp"

namespace {

/// An executor's worker with a task to poll, unknown to the optimizer.
struct HookedTask {
  pulse::WorkerGroup group{1};
  pulse::HookRegistry registry{group};
  pulse::Worker worker{group};
  alignas(64) pulse::TaskBudget budget{std::numeric_limits<std::uint32_t>::max()};
  pulse::PollContext poll{};
  pulse::PollResult result = pulsebench::opaque(pulse::PollResult::waiting);
  HookedTask* at = pulsebench::opaque(this);

  explicit HookedTask(bool with_hooks) {
    if (with_hooks) registry.set_hooks(make_noop_hooks());
    worker.quiescent();
  }
};

void has_hooks(benchmark::State& state, bool with_hooks) {
  HookedTask bench(with_hooks);
  pulsebench::measure(state,
                      [at = bench.at] { benchmark::DoNotOptimize(at->registry.has_hooks()); });
}
BENCHMARK_CAPTURE(has_hooks, no_hooks, false)->Name("hooks/has_hooks/no_hooks");  // < 10 ns
BENCHMARK_CAPTURE(has_hooks, with_hooks, true)->Name("hooks/has_hooks/with_hooks");

void before_poll(benchmark::State& state, bool with_hooks) {
  HookedTask bench(with_hooks);
  pulsebench::measure(state, [at = bench.at] { at->registry.before_poll(at->poll); });
}
BENCHMARK_CAPTURE(before_poll, no_hooks, false)->Name("hooks/before_poll/no_hooks");  // < 20 ns
BENCHMARK_CAPTURE(before_poll, noop_hook, true)->Name("hooks/before_poll/noop_hook");

void after_poll(benchmark::State& state, bool with_hooks) {
  HookedTask bench(with_hooks);
  pulsebench::measure(state, [at = bench.at, result = bench.result] {
    benchmark::DoNotOptimize(at->registry.after_poll(at->poll, result));
  });
}
BENCHMARK_CAPTURE(after_poll, no_hooks, false)->Name("hooks/after_poll/no_hooks");  // < 20 ns
BENCHMARK_CAPTURE(after_poll, noop_hook, true)->Name("hooks/after_poll/noop_hook");

// Cost of one poll of a task for an executor: before, consume, the poll itself (here unknown code
// that does nothing), after, check.
void poll_cycle(benchmark::State& state, bool with_hooks) {
  HookedTask bench(with_hooks);
  pulsebench::measure(state, [at = bench.at, result = bench.result] {
    at->registry.before_poll(at->poll);
    benchmark::DoNotOptimize(at->budget.consume());
    benchmark::ClobberMemory();
    benchmark::DoNotOptimize(at->registry.after_poll(at->poll, result));
    benchmark::DoNotOptimize(at->budget.is_exhausted());
  });
}
BENCHMARK_CAPTURE(poll_cycle, no_hooks, false)->Name("poll_cycle/no_hooks");
BENCHMARK_CAPTURE(poll_cycle, noop_hook, true)->Name("poll_cycle/noop_hook");

}  // namespace
