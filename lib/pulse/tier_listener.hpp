#pragma once

#include "pulse/hooks.hpp"
#include "pulse/task.hpp"
#include "pulse/tier.hpp"

namespace pulse {

/// Listener for changes of a task's tier, called on the thread of the task's owner. Such changes
/// are rare.
class TierListener {
 public:
  virtual ~TierListener() = default;
  virtual void on_tier_change(const PollContext& poll, TaskId id, Tier from, Tier to) noexcept = 0;
};

}  // namespace pulse
