#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

#include "pulse/hooks.hpp"
#include "pulse/tier_manager.hpp"

namespace pulse {

/// How polls are timed.
enum class Timing {
  none,        ///< not at all, the cheapest; only exhausted budgets are violations
  thread_cpu,  ///< CPU time of each poll, two readings of CpuTimer
};

/// Connects a tier manager to a HookRegistry. `kStatistics`: also keeps the statistics of each
/// task, which the manager has to have. A class of its own, so that the other one has no branch.
template <Statistics kStatistics>
class BasicTierHooks final : public PreemptionHooks {
 public:
  /// `tiers` has to outlive the hooks. Those with statistics take times only if they are those of
  /// `hooks_of`.
  BasicTierHooks(TierManager& tiers, Timing timing);

  void before_poll(const PollContext& poll) noexcept override;
  [[nodiscard]] Decision after_poll(const PollContext& poll, PollResult result) noexcept override;

 private:
  /// Cache line of one worker.
  struct alignas(64) Start {
    std::chrono::nanoseconds cpu_time{0};
    bool is_set = false;  ///< false if the hooks were set during a poll
  };

  void start(const PollContext& poll) noexcept;
  [[nodiscard]] Decision stop(const PollContext& poll, PollResult result) noexcept;
  void start_clock(const PollContext& poll) noexcept;
  [[nodiscard]] Decision stop_clock(const PollContext& poll, PollResult result) noexcept;
  void start_timed(const PollContext& poll) noexcept;
  [[nodiscard]] Decision stop_timed(const PollContext& poll, PollResult result) noexcept;

  friend std::shared_ptr<PreemptionHooks> hooks_of(TierManager& tiers, Timing timing);

  TierManager& tiers_;
  const Timing timing_;
  std::atomic<bool> is_timed_;  ///< by `timing_`, or because the manager's tasks are watched
  std::vector<Start> starts_;
};

using TierHooks = BasicTierHooks<Statistics::none>;
using StatisticsHooks = BasicTierHooks<Statistics::kept>;

/// The hooks that fit `tiers`.
[[nodiscard]] std::shared_ptr<PreemptionHooks> hooks_of(TierManager& tiers, Timing timing);

}  // namespace pulse
