#pragma once

#include <cstdint>

#include "pulse/task.hpp"

namespace pulse {

/// What a poll of a task came to.
enum class PollResult : std::uint8_t {
  waiting,  ///< it waits for something, and so has given way by itself
  again,    ///< it has more to do at once
  done,     ///< it is complete
};

/// What the executor shall do with the task after a poll.
enum class Decision : std::uint8_t {
  proceed,  ///< whatever the executor would do anyway
  yield,    ///< put it behind the other tasks that are ready
  isolate,  ///< move it away from the others, and behind them
};

/// Which poll a hook is called for.
struct PollContext {
  TaskHandle task;
  std::size_t worker = 0;  ///< `Worker::index` of the polling thread
};

/// What an executor calls around every poll. Implementations are called by all workers at the same
/// time, for different tasks. A hook that was put in place in the middle of a poll gets its
/// `after_poll` without a `before_poll`.
class PreemptionHooks {
 public:
  virtual ~PreemptionHooks() = default;
  virtual void before_poll(const PollContext& poll) noexcept = 0;
  [[nodiscard]] virtual Decision after_poll(const PollContext& poll,
                                            PollResult result) noexcept = 0;
};

}  // namespace pulse
