#pragma once

#include <cstdint>
#include <ctime>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace pulsebench::harness {

/// The monotonic clock that NTP does not slew, in ns.
[[nodiscard]] inline std::uint64_t monotonic_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(now.tv_nsec);
}

/// Whether the CPU says that its time-stamp counter runs at one rate in every state (CPUID
/// 80000007h, EDX bit 8). Where it does not, ticks are nanoseconds of the monotonic clock.
[[nodiscard]] bool has_invariant_tsc();

/// Ticks of the fastest clock that can be trusted. `begin` lets nothing of the batch start before
/// it is read; `end` is read after all of the batch has retired (Intel, "How to Benchmark Code
/// Execution Times", 2010; with lfence in place of cpuid, which traps in a guest).
class TickClock {
 public:
  TickClock() : tsc_(has_invariant_tsc()), origin_(read_pair()) {}

  [[nodiscard]] std::uint64_t begin() const {
#if defined(__x86_64__)
    if (tsc_) {
      _mm_lfence();
      const std::uint64_t now = __rdtsc();
      _mm_lfence();
      return now;
    }
#endif
    return monotonic_ns();
  }

  [[nodiscard]] std::uint64_t end() const {
#if defined(__x86_64__)
    if (tsc_) {
      unsigned cpu = 0;
      const std::uint64_t now = __rdtscp(&cpu);
      _mm_lfence();
      return now;
    }
#endif
    return monotonic_ns();
  }

  /// Nanoseconds a tick, measured against the monotonic clock from construction to now; waits
  /// until that is at least 1 ms, so that 50 ns of reading error are below 0.01 %.
  [[nodiscard]] double ns_per_tick() const;

  [[nodiscard]] const char* name() const { return tsc_ ? "tsc" : "clock_monotonic_raw"; }

 private:
  struct Pair {
    std::uint64_t ticks;
    std::uint64_t ns;
  };

  [[nodiscard]] Pair read_pair() const;

  bool tsc_;
  Pair origin_;
};

}  // namespace pulsebench::harness
