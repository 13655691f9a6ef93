#pragma once

#include <atomic>
#include <cassert>
#include <memory>
#include <mutex>

#include "pulse/hooks.hpp"
#include "pulse/worker_group.hpp"

namespace pulse {

/// The hooks in place, if any, replaceable while workers poll: a call never reaches a destroyed
/// hook (see WorkerGroup for the argument). `before_poll` and `after_poll` are for online workers
/// of the group; the rest is for any thread, also for a hook that is being called.
class HookRegistry {
 public:
  /// `group` has to outlive the registry.
  explicit HookRegistry(WorkerGroup& group) noexcept : group_(group) {}
  ~HookRegistry() { clear_hooks(); }
  HookRegistry(const HookRegistry&) = delete;
  HookRegistry& operator=(const HookRegistry&) = delete;

  /// True where hooks are in place. Any thread.
  [[nodiscard]] bool has_hooks() const noexcept {
    // Relaxed: the answer is a hint; what the pointer leads to is not read through it.
    return hooks_.load(std::memory_order_relaxed) != nullptr;
  }

  void before_poll(const PollContext& poll) const noexcept {
    if (PreemptionHooks* const hooks = current()) hooks->before_poll(poll);
  }

  /// `Decision::proceed` where no hooks are in place.
  [[nodiscard]] Decision after_poll(const PollContext& poll, PollResult result) const noexcept {
    PreemptionHooks* const hooks = current();
    return hooks == nullptr ? Decision::proceed : hooks->after_poll(poll, result);
  }

  /// Puts `hooks` in place of those that are; null takes them away. The old ones are let go of when
  /// no worker can be inside of them.
  void set_hooks(std::shared_ptr<PreemptionHooks> hooks);

  void clear_hooks() { set_hooks(nullptr); }

 private:
  [[nodiscard]] PreemptionHooks* current() const noexcept {
    assert(Worker::online_here() > 0);
    // Acquire: pairs with the release in `set_hooks`, so that the hooks are seen constructed.
    return hooks_.load(std::memory_order_acquire);
  }

  alignas(64) std::atomic<PreemptionHooks*> hooks_{
      nullptr};  ///< a line that is hardly ever written
  alignas(64) WorkerGroup& group_;
  std::mutex mutex_;
  std::shared_ptr<PreemptionHooks> owner_;  ///< guarded by mutex_; keeps *hooks_ alive
};

}  // namespace pulse
