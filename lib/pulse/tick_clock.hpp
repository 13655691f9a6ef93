#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "pulse/tsc.hpp"

namespace pulse {

/// Clock of the tier rules: 2^16 ns (65.5 µs) a tick, in 32 bits, so that a task's four times fit
/// its cache line. Only differences have a meaning, and they wrap after 78 hours. A rule sees a
/// longer difference as a shorter one, and then acts late by at most the rule's own time.
class TickClock {
 public:
  static constexpr std::chrono::nanoseconds kTick{1 << 16};

  /// Reads the machine's time.
  TickClock() noexcept;

  /// Reads the caller's time, for tests; `now` has to outlive the clock.
  explicit TickClock(const std::atomic<std::uint32_t>& now) noexcept : manual_(&now) {}

  [[nodiscard]] std::uint32_t now() const noexcept {
#if defined(__x86_64__)
    if (ticks_per_count_ != 0) [[likely]] {
      // The high half of the product, since the factor has 64 fractional bits.
      __extension__ using Wide = unsigned __int128;
      const Wide product = Wide{Tsc::read()} * ticks_per_count_;
      return static_cast<std::uint32_t>(static_cast<std::uint64_t>(product >> 64U));
    }
#endif
    return slow_now();
  }

  /// Converts `duration` to ticks, rounded up.
  [[nodiscard]] static constexpr std::uint32_t ticks(std::chrono::nanoseconds duration) noexcept {
    return static_cast<std::uint32_t>((duration + kTick - std::chrono::nanoseconds{1}) / kTick);
  }

 private:
  [[nodiscard]] std::uint32_t slow_now() const noexcept;

  const std::atomic<std::uint32_t>* manual_ = nullptr;
  std::uint64_t ticks_per_count_ = 0;  ///< in units of 2^-64; 0: no counter, or manual
};

}  // namespace pulse
