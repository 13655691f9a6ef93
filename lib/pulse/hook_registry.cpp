#include "pulse/hook_registry.hpp"

#include <utility>

namespace pulse {

void HookRegistry::set_hooks(std::shared_ptr<PreemptionHooks> hooks) {
  {
    const std::lock_guard lock(mutex_);
    // Release: publishes what the hooks' constructor wrote. That the old pointer is gone for a
    // worker which passes the next epoch is ordered by `retire`, not by this store.
    hooks_.store(hooks.get(), std::memory_order_release);
    owner_.swap(hooks);
  }
  group_.retire(std::move(hooks));
}

}  // namespace pulse
