// Memory of a task, as a check: registers 100,000 tasks, and has no result if a task takes more
// than 256 resident bytes. The result is the time of a new manager with 10,000 tasks, including the
// first touch of their memory. Source: benchmarking and profiling, "memory per handler below 256
// bytes".
#include <benchmark/benchmark.h>

#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <string>

#include "../resident_bytes.hpp"

namespace {

using suites::resident_bytes;

constexpr double kMaxBytes = 256.0;

void fill(pulse::TierManager& tiers, int tasks) {
  for (int i = 0; i < tasks; ++i) pulsebench::consume(tiers.register_task().slot);
}

double resident_bytes_per_task(pulse::WorkerGroup& group) {
  constexpr int kTasks = 100'000;
  const double before = resident_bytes();
  pulse::TierManager tiers(group);
  fill(tiers, kTasks);
  return (resident_bytes() - before) / kTasks;
}

void resident(benchmark::State& state) {
  pulse::WorkerGroup group{1};
  const double bytes = resident_bytes_per_task(group);
  const std::string found = std::to_string(bytes) + " resident bytes per task";
  state.SetLabel(found);
  if (bytes <= 0.0 || bytes > kMaxBytes) {
    state.SkipWithError((found + ", at most 256 are allowed").c_str());
    return;
  }
  pulsebench::measure(state, [&group] {
    pulse::TierManager tiers(group);
    fill(tiers, 10'000);
  });
}
BENCHMARK(resident)->Name("memory/resident_per_task");

}  // namespace
