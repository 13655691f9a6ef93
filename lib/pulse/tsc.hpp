#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace pulse {

/// Cycle counter of constant rate, read in a few nanoseconds without a system call.
struct Tsc {
  /// Nanoseconds per count; 0 if the machine has no counter of constant rate. The first call
  /// measures it against the monotonic clock, in about 2 ms.
  [[nodiscard]] static double ns_per_count() noexcept;

  /// Reads the counter; 0 if the architecture has none.
  [[nodiscard]] static std::uint64_t read() noexcept {
#if defined(__x86_64__)
    return __rdtsc();
#else
    return 0;
#endif
  }
};

}  // namespace pulse
