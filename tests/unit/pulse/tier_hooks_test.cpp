#include "pulse/tier_hooks.hpp"

#include <doctest/doctest.h>

#include <atomic>

#include "pulse/cpu_timer.hpp"
#include "pulse/hook_registry.hpp"

using namespace std::chrono_literals;
using pulse::CpuTimer;
using pulse::Decision;
using pulse::PollContext;
using pulse::PollResult;
using pulse::TickClock;
using pulse::Tier;
using pulse::TierConfig;
using pulse::Timing;

namespace {

/// A worker that polls one task through the registry, with a clock that the test moves.
struct Bench {
  explicit Bench(Timing timing, const TierConfig& config = {})
      : tiers(group, config, nullptr, TickClock(ticks)),
        poll{tiers.register_task(), worker.index()},
        connection(registry, tiers, timing) {}

  std::atomic<std::uint32_t> ticks{0};
  pulse::WorkerGroup group{1};
  pulse::Worker worker{group};
  pulse::TierManager tiers;
  pulse::HookRegistry registry{group};
  PollContext poll;
  pulse::TierConnection connection;
};

void burn(std::chrono::nanoseconds time) {
  const auto start = CpuTimer::reference();
  while (CpuTimer::reference() - start < time) continue;
}

}  // namespace

TEST_CASE("a poll through the hooks costs the task one unit and returns the decision") {
  TierConfig config;
  config.poll_budget = 3;
  Bench bench(Timing::none, config);
  for (const Decision expected : {Decision::proceed, Decision::proceed, Decision::yield}) {
    bench.registry.before_poll(bench.poll);
    CHECK(bench.registry.after_poll(bench.poll, PollResult::again) == expected);
  }
}

TEST_CASE("a poll beyond the CPU budget is a violation only with timing") {
  TierConfig config;
  config.cpu_budget = 2ms;
  for (const Timing timing : {Timing::none, Timing::thread_cpu}) {
    Bench bench(timing, config);
    bench.registry.before_poll(bench.poll);
    burn(8ms);  // more than the budget and the timer's largest error
    static_cast<void>(bench.registry.after_poll(bench.poll, PollResult::waiting));
    CHECK(bench.tiers.get_metrics().violations == (timing == Timing::thread_cpu ? 1 : 0));
  }
}

TEST_CASE("hooks set during a poll treat it as a poll of zero time") {
  TierConfig config;
  config.cpu_budget = 1ms;
  Bench bench(Timing::thread_cpu, config);
  burn(5ms);
  static_cast<void>(bench.registry.after_poll(bench.poll, PollResult::waiting));
  CHECK(bench.tiers.get_metrics().violations == 0);
  CHECK(bench.tiers.get_metrics().polls == 1);
}

TEST_CASE("a connection ends with its object, and no later watch brings it back") {
  pulse::WorkerGroup group{1};
  pulse::TierManager tiers{group, {}, nullptr, {}, pulse::Statistics::kept};
  pulse::HookRegistry registry{group};
  {
    const pulse::TierConnection connection(registry, tiers, Timing::none);
    CHECK(registry.has_hooks());
    tiers.watch().start();
    tiers.watch().stop();
    CHECK(registry.has_hooks());
  }
  CHECK_FALSE(registry.has_hooks());
  tiers.watch().start();
  CHECK_FALSE(registry.has_hooks());
}
