// TaskBudget, which every poll of every task uses. Targets: docs/suites.md.
#include <benchmark/benchmark.h>

#include <limits>
#include <pulse/task_budget.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

// Never exhausted within a run: a slice consumes about 10^6.
constexpr std::uint32_t kPlenty = std::numeric_limits<std::uint32_t>::max();

/// A budget that is unknown to the optimizer.
struct OpaqueBudget {
  alignas(64) pulse::TaskBudget budget{kPlenty};
  pulse::TaskBudget* at = pulsebench::opaque(&budget);
};

void consume(benchmark::State& state) {
  OpaqueBudget bench;
  pulsebench::measure(state, [budget = bench.at] { benchmark::DoNotOptimize(budget->consume()); });
}
BENCHMARK(consume)->Name("budget/consume");  // target: < 15 ns

void is_exhausted(benchmark::State& state) {
  OpaqueBudget bench;
  pulsebench::measure(state,
                      [budget = bench.at] { benchmark::DoNotOptimize(budget->is_exhausted()); });
}
BENCHMARK(is_exhausted)->Name("budget/is_exhausted");  // target: < 10 ns

void remaining(benchmark::State& state) {
  OpaqueBudget bench;
  pulsebench::measure(state,
                      [budget = bench.at] { benchmark::DoNotOptimize(budget->remaining()); });
}
BENCHMARK(remaining)->Name("budget/remaining");  // target: < 10 ns

void reset(benchmark::State& state) {
  OpaqueBudget bench;
  const std::uint32_t units = pulsebench::opaque(2000U);
  pulsebench::measure(state, [budget = bench.at, units] { budget->reset(units); });
}
BENCHMARK(reset)->Name("budget/reset");

}  // namespace
