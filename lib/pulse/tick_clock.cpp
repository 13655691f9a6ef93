#include "pulse/tick_clock.hpp"

#include <cmath>

namespace pulse {

TickClock::TickClock() noexcept {
  const double ticks = Tsc::ns_per_count() / static_cast<double>(kTick.count());
  ticks_per_count_ = static_cast<std::uint64_t>(std::ldexp(ticks, 64));
}

std::uint32_t TickClock::slow_now() const noexcept {
  // Relaxed: a test's threads synchronize by themselves.
  if (manual_ != nullptr) return manual_->load(std::memory_order_relaxed);
  return static_cast<std::uint32_t>(std::chrono::steady_clock::now().time_since_epoch() / kTick);
}

}  // namespace pulse
