#pragma once

#include <atomic>
#include <string_view>

#include "pulse/hooks.hpp"
#include "pulse/isolation.hpp"
#include "pulse/tier_manager.hpp"

namespace pulse {

/// Where the library's few messages go: the caller's own log. Called on worker threads.
class LogSink {
 public:
  virtual ~LogSink() = default;
  /// `line`: one line without its end, valid for the call only.
  virtual void write(std::string_view line) noexcept = 0;
};

/// What is done to a task, by tier. As the listener of a TierManager it logs and counts the tasks
/// that become worse; `isolate` is for the executor, with the thread on which the task runs apart
/// from the others: never the worker that happened to poll.
class Intervention final : public TierListener {
 public:
  /// `sink` and `isolation` (null: nothing is isolated) have to outlive the intervention.
  explicit Intervention(LogSink& sink, Isolation* isolation = nullptr) noexcept
      : sink_(sink), isolation_(isolation) {}

  /// Tier monitor: nothing is done.
  void monitor(const PollContext&) const noexcept {}

  /// Tier warn: one line in the log, and a count.
  void warn(TaskId task, Tier from, Tier to) noexcept;

  /// Tier yield: what the executor has to do with the task.
  [[nodiscard]] Decision yield() noexcept;

  /// Tier isolate: isolates `thread`, once; a thread that is isolated already costs a look-up.
  /// Says in the log what was refused. True where the thread is isolated now.
  bool isolate(pid_t thread) noexcept;

  /// Puts `thread` back as it was. True where it is not isolated any more.
  bool release(pid_t thread) noexcept;

  void on_tier_change(const PollContext& poll, TaskId id, Tier from, Tier to) noexcept override;

  /// How often so far. Any thread.
  [[nodiscard]] std::uint64_t warnings() const noexcept {
    return warnings_.load(std::memory_order_relaxed);  // relaxed: a count that stands for itself
  }
  [[nodiscard]] std::uint64_t yields() const noexcept {
    return yields_.load(std::memory_order_relaxed);  // relaxed: as above
  }

 private:
  LogSink& sink_;
  Isolation* const isolation_;
  std::atomic<std::uint64_t> warnings_{0};
  std::atomic<std::uint64_t> yields_{0};
};

}  // namespace pulse
