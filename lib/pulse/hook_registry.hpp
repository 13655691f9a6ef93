#pragma once

#include <atomic>
#include <cassert>
#include <memory>
#include <mutex>
#include <utility>

#include "pulse/hooks.hpp"
#include "pulse/worker_group.hpp"

namespace pulse {

/// Holds the hooks in use, if any, which can be replaced while workers poll. A call never reaches a
/// destroyed hook (WorkerGroup has the argument). Online workers of the group call `before_poll`
/// and `after_poll`. Any thread, also inside of a hook, may call the rest.
class HookRegistry {
 public:
  /// `group` has to outlive the registry.
  explicit HookRegistry(WorkerGroup& group) noexcept : group_(group) {}
  ~HookRegistry() { clear_hooks(); }
  HookRegistry(const HookRegistry&) = delete;
  HookRegistry& operator=(const HookRegistry&) = delete;

  /// True if hooks are in use. Any thread.
  [[nodiscard]] bool has_hooks() const noexcept {
    // Relaxed: the answer is a hint, and the pointer is not dereferenced.
    return hooks_.load(std::memory_order_relaxed) != nullptr;
  }

  void before_poll(const PollContext& poll) const noexcept {
    if (PreemptionHooks* const hooks = current()) hooks->before_poll(poll);
  }

  /// `Decision::proceed` if there are no hooks.
  [[nodiscard]] Decision after_poll(const PollContext& poll, PollResult result) const noexcept {
    PreemptionHooks* const hooks = current();
    return hooks == nullptr ? Decision::proceed : hooks->after_poll(poll, result);
  }

  /// Replaces the hooks by `hooks`; null removes them. The old ones are released when no worker can
  /// be inside of them.
  void set_hooks(std::shared_ptr<PreemptionHooks> hooks) {
    {
      const std::lock_guard lock(mutex_);
      // Release: publishes what the hooks' constructor wrote. `retire`, not this store, ensures
      // that a worker past the next epoch cannot see the old pointer.
      hooks_.store(hooks.get(), std::memory_order_release);
      owner_.swap(hooks);
    }
    group_.retire(std::move(hooks));
  }

  void clear_hooks() { set_hooks(nullptr); }

 private:
  [[nodiscard]] PreemptionHooks* current() const noexcept {
    assert(Worker::online_here() > 0);
    // Acquire: pairs with the release in `set_hooks`, so that the hooks are seen constructed.
    return hooks_.load(std::memory_order_acquire);
  }

  alignas(64) std::atomic<PreemptionHooks*> hooks_{nullptr};  ///< a line that is rarely written
  alignas(64) WorkerGroup& group_;
  std::mutex mutex_;
  std::shared_ptr<PreemptionHooks> owner_;  ///< guarded by mutex_; keeps *hooks_ alive
};

}  // namespace pulse
