// StateManager: the rules without the manager. Targets: docs/suites.md.
#include <benchmark/benchmark.h>

#include <pulse/state_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

struct TaskStates {
  pulse::TierConfig config = eager();
  pulse::TierRules rules{config};
  pulse::StateManager states{rules};
  pulse::TierState state;
  std::uint32_t now = 1'000'000;
  TaskStates* at = pulsebench::opaque(this);

  /// Allows every transition to a neighbour at any time.
  static pulse::TierConfig eager() {
    pulse::TierConfig config;
    for (auto& policy : config.tiers) policy.least_time = {};
    config.hysteresis_up = config.hysteresis_down = config.cooldown = {};
    return config;
  }
};

void transition(benchmark::State& state) {
  TaskStates bench;
  // Up, down, up: each is allowed.
  pulsebench::measure(state, [at = bench.at] {
    const bool is_up = at->state.tier.load(std::memory_order_relaxed) == pulse::Tier::warn;
    benchmark::DoNotOptimize(at->states.transition(
        at->state, is_up ? pulse::Tier::monitor : pulse::Tier::warn, at->now));
  });
}
BENCHMARK(transition)->Name("state/transition");  // target: < 200 ns

void check_cooldown(benchmark::State& state) {
  TaskStates bench;
  for (int i = 0; i < 20; ++i) bench.at->states.note_violation(bench.at->state, bench.now);
  pulsebench::measure(state, [at = bench.at] {
    benchmark::DoNotOptimize(at->states.check_cooldown(at->state, at->now));
  });
}
BENCHMARK(check_cooldown)->Name("state/check_cooldown");  // target: < 50 ns

}  // namespace
