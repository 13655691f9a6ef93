// Effect of padding: two threads with a budget each, on separate cache lines and on one shared
// line. Source: critical paths, "padding to prevent false sharing".
#include <benchmark/benchmark.h>

#include <array>
#include <pulse/task_budget.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

constexpr std::uint32_t kPlenty = 4'000'000'000U;

struct alignas(64) Padded {
  pulse::TaskBudget budget{kPlenty};
};
struct Close {
  pulse::TaskBudget budget{kPlenty};
};

template <class Place>
void neighbours(benchmark::State& state) {
  alignas(64) static std::array<Place, 2> places;
  auto* const budget =
      pulsebench::opaque(&places[static_cast<std::size_t>(state.thread_index())].budget);
  pulsebench::measure(state, [budget] { pulsebench::consume(budget->consume()); });
}
BENCHMARK(neighbours<Padded>)->Name("false_sharing/own_lines")->Threads(2);
BENCHMARK(neighbours<Close>)->Name("false_sharing/one_line")->Threads(2);

}  // namespace
