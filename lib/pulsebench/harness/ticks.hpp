#pragma once

#include <cstdint>
#include <ctime>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace pulsebench::harness {

#if defined(_WIN32)
/// Time of QueryPerformanceCounter, in ns.
[[nodiscard]] std::uint64_t monotonic_ns();
inline constexpr const char* kMonotonicClock = "query_performance_counter";
#else
inline constexpr const char* kMonotonicClock = "clock_monotonic_raw";

/// Time of the monotonic clock that NTP does not slew, in ns.
[[nodiscard]] inline std::uint64_t monotonic_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(now.tv_nsec);
}
#endif

/// True if the CPU's time-stamp counter has the same rate in every state (CPUID 80000007h, EDX bit
/// 8). Otherwise ticks are nanoseconds of the monotonic clock.
[[nodiscard]] bool has_invariant_tsc();

/// Ticks of the fastest reliable clock. No instruction of the batch starts before `begin` is read,
/// and `end` is read after all of them have retired (Intel, "How to Benchmark Code Execution
/// Times", 2010; with lfence instead of cpuid, which traps in a guest).
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

  /// Nanoseconds per tick, measured against the monotonic clock since construction. Waits until
  /// that is at least 1 ms, so that a reading error of 50 ns is below 0.01 %.
  [[nodiscard]] double ns_per_tick() const;

  [[nodiscard]] const char* name() const { return tsc_ ? "tsc" : kMonotonicClock; }

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
