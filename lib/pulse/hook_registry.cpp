#include "pulse/hook_registry.hpp"

#include <utility>

namespace pulse {

void HookRegistry::set_hooks(std::shared_ptr<PreemptionHooks> hooks) {
  {
    const std::lock_guard lock(mutex_);
    // Release: publishes what the hooks' constructor wrote. `retire`, not this store, ensures that
    // a worker past the next epoch cannot see the old pointer.
    hooks_.store(hooks.get(), std::memory_order_release);
    owner_.swap(hooks);
  }
  group_.retire(std::move(hooks));
}

}  // namespace pulse
