#pragma once

#include <cstdint>

#include "pulse/task.hpp"

namespace pulse {

/// Result of a poll of a task.
enum class PollResult : std::uint8_t {
  waiting,  ///< it waits for something, and so has yielded already
  again,    ///< it has more work to do at once
  done,     ///< it is complete
};

/// What the executor has to do with the task after a poll.
enum class Decision : std::uint8_t {
  proceed,  ///< what the executor does by default
  yield,    ///< put it behind the other tasks that are ready
  isolate,  ///< move it away from the others, and behind them
};

/// The poll for which a hook is called.
struct PollContext {
  TaskHandle task;
  std::size_t worker = 0;  ///< `Worker::index` of the polling thread
};

/// Hooks that an executor calls around every poll. All workers call them concurrently, for
/// different tasks. A hook that was set during a poll gets `after_poll` without `before_poll`.
class PreemptionHooks {
 public:
  virtual ~PreemptionHooks() = default;
  virtual void before_poll(const PollContext& poll) noexcept = 0;
  [[nodiscard]] virtual Decision after_poll(const PollContext& poll,
                                            PollResult result) noexcept = 0;
};

}  // namespace pulse
