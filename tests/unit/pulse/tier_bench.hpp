#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "pulse/tier_manager.hpp"

/// A manager with a clock that the test moves, one worker and one task.
struct TierBench {
  explicit TierBench(const pulse::TierConfig& config = {}, std::uint32_t start = 1000)
      : ticks(start),
        tiers(group, config, nullptr, pulse::TickClock(ticks)),
        poll{tiers.register_task(), 0} {}

  /// Runs so many polls of the given CPU time, while the clock stands still.
  pulse::Decision polls(int count, std::chrono::nanoseconds cpu,
                        pulse::PollResult result = pulse::PollResult::waiting) {
    pulse::Decision decision = pulse::Decision::proceed;
    for (int i = 0; i < count; ++i) {
      tiers.before_poll(poll);
      decision = tiers.after_poll(poll, result, cpu);
    }
    return decision;
  }

  void pass(std::chrono::nanoseconds time) { ticks += pulse::TickClock::ticks(time); }
  [[nodiscard]] pulse::Tier tier() const { return tiers.get_tier(poll.task); }

  std::atomic<std::uint32_t> ticks;
  pulse::WorkerGroup group{1};
  pulse::Worker worker{group};
  pulse::TierManager tiers;
  pulse::PollContext poll;
};
