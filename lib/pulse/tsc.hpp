#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace pulse {

/// The cycle counter: constant in rate, read in a few nanoseconds, without a system call.
struct Tsc {
  /// How many nanoseconds a count is; 0 where the machine has no counter of constant rate. Measured
  /// once, against the monotonic clock, in about 2 ms at the first call.
  [[nodiscard]] static double ns_per_count() noexcept;

  /// The counter; 0 where the architecture has none.
  [[nodiscard]] static std::uint64_t read() noexcept {
#if defined(__x86_64__)
    return __rdtsc();
#else
    return 0;
#endif
  }
};

}  // namespace pulse
