#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "pulse/hook_registry.hpp"
#include "pulse/hooks.hpp"
#include "pulse/tier_manager.hpp"

namespace pulse {

/// How polls are timed.
enum class Timing {
  none,        ///< not at all, the cheapest; only exhausted budgets are violations
  thread_cpu,  ///< CPU time of each poll, two readings of CpuTimer
};

/// Watches polls for a tier manager. `kStatistics`: also keeps the statistics of each
/// task, which the manager has to have. A class of its own, so that the other one has no branch.
template <Statistics kStatistics>
class BasicTierHooks final : public PreemptionHooks {
 public:
  /// `tiers` has to outlive the hooks.
  BasicTierHooks(TierManager& tiers, Timing timing);

  void before_poll(const PollContext& poll) noexcept override;
  [[nodiscard]] Decision after_poll(const PollContext& poll, PollResult result) noexcept override;

 private:
  /// Cache line of one worker.
  struct alignas(64) Start {
    std::chrono::nanoseconds cpu_time{0};
    bool is_set = false;  ///< false if the hooks were set during a poll
  };

  void start_clock(const PollContext& poll) noexcept;
  [[nodiscard]] Decision stop_clock(const PollContext& poll, PollResult result) noexcept;

  TierManager& tiers_;
  const Timing timing_;
  std::vector<Start> starts_;
};

using TierHooks = BasicTierHooks<Statistics::none>;
using StatisticsHooks = BasicTierHooks<Statistics::kept>;

/// Keeps the states and counts of tasks, but no times: for a manager with statistics, while nobody
/// looks.
class UnwatchedHooks final : public PreemptionHooks {
 public:
  /// `tiers` has to outlive the hooks.
  explicit UnwatchedHooks(TierManager& tiers);

  void before_poll(const PollContext& poll) noexcept override;
  [[nodiscard]] Decision after_poll(const PollContext& poll, PollResult result) noexcept override;

 private:
  TierManager& tiers_;
};

/// Puts the hooks of a manager into a registry for as long as it lives. If the manager keeps
/// statistics, those that take times are in use only while its tasks are watched, so that no poll
/// has to ask whether they are.
class TierConnection final : private WatchListener {
 public:
  /// `registry` and `tiers` have to outlive the connection.
  TierConnection(HookRegistry& registry, TierManager& tiers, Timing timing);
  ~TierConnection() override;
  TierConnection(const TierConnection&) = delete;
  TierConnection& operator=(const TierConnection&) = delete;

 private:
  void on_watch(bool is_watched) override;

  HookRegistry& registry_;
  PollWatch& watch_;
  std::shared_ptr<PreemptionHooks> hooks_;
  std::shared_ptr<PreemptionHooks> unwatched_;  ///< in use while nobody looks
};

}  // namespace pulse
