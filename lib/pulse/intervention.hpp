#pragma once

#include <atomic>
#include <string_view>

#include "pulse/hooks.hpp"
#include "pulse/isolation.hpp"
#include "pulse/tier_manager.hpp"

namespace pulse {

/// Receives the library's few messages, for the caller's log. Called on worker threads.
class LogSink {
 public:
  virtual ~LogSink() = default;
  /// `line`: one line without its newline, valid during the call only.
  virtual void write(std::string_view line) noexcept = 0;
};

/// Applies the measure of each tier to a task. As the listener of a TierManager it logs and counts
/// promotions. The executor calls `isolate` with the separate thread on which the task runs, never
/// with the worker that polled it.
class Intervention final : public TierListener {
 public:
  /// `sink` and `isolation` (null: no isolation) have to outlive the intervention.
  explicit Intervention(LogSink& sink, Isolation* isolation = nullptr) noexcept
      : sink_(sink), isolation_(isolation) {}

  /// Tier monitor: does nothing.
  void monitor(const PollContext&) const noexcept {}

  /// Tier warn: logs one line and counts it.
  void warn(TaskId task, Tier from, Tier to) noexcept;

  /// Tier yield: counts it, and returns what the executor has to do with the task.
  [[nodiscard]] Decision yield() noexcept;

  /// Tier isolate: isolates `thread` once; for an isolated thread the cost is a look-up. Logs a
  /// refusal. True if the thread is isolated now.
  bool isolate(pid_t thread) noexcept;

  /// Restores `thread`. True if it is not isolated any more.
  bool release(pid_t thread) noexcept;

  void on_tier_change(const PollContext& poll, TaskId id, Tier from, Tier to) noexcept override;

  /// Counts so far. Any thread.
  [[nodiscard]] std::uint64_t warnings() const noexcept {
    return warnings_.load(std::memory_order_relaxed);  // relaxed: an independent count
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
