#pragma once

#include <atomic>
#include <cstdint>

#include "pulse/task.hpp"
#include "pulse/tier.hpp"

namespace pulse {

/// Where a task stands with the tier rules. The owner's alone, but for `tier`, which all may read.
/// Times are ticks of TickClock, and mean something only where their flag says so: reading a clock
/// is left to the seldom moments in which a rule needs it.
struct TierState {
  std::atomic<Tier> tier{Tier::monitor};
  Priority priority = Priority::normal;
  bool is_timed : 1 = false;      ///< `entered` holds
  bool has_offended : 1 = false;  ///< `last_violation` and `window_start` hold
  bool is_cooling : 1 = false;    ///< `last_frequent` holds
  std::uint32_t good_polls = 0;   ///< in a row
  std::uint32_t violations = 0;   ///< in this tier, not forgiven
  std::uint32_t polls_to_evaluation = 0;
  std::uint32_t window_violations = 0;  ///< since `window_start`
  std::uint32_t entered = 0;            ///< when the tier was entered, or first looked at
  std::uint32_t last_violation = 0;
  std::uint32_t window_start = 0;   ///< of the second in which violations are counted
  std::uint32_t last_frequent = 0;  ///< when violations last came too often
};

}  // namespace pulse
