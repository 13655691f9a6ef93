#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

#include "pulse/tsc.hpp"

namespace pulse {

/// State of `CpuTimer` in each thread.
struct CpuTimerState {
  static constexpr std::uint64_t kNotSet = 0;

  const volatile std::uint64_t* rseq_cs = &kNotSet;  ///< the kernel clears it when it interrupts us
  std::uint64_t mark = 1;                            ///< its value while there was no interruption
  std::uint64_t anchor_count = 0;
  std::uint64_t anchor_ns = 0;
  std::uint64_t ns_per_count = 0;  ///< in units of 2^-32
  std::uint64_t span_counts = 0;
  std::uint64_t latest_ns = 0;
  std::uint64_t shortest_call = std::numeric_limits<std::uint64_t>::max();  ///< in counts
  bool is_prepared = false;

  std::chrono::nanoseconds forward(std::uint64_t ns) noexcept {
    latest_ns = ns > latest_ns ? ns : latest_ns;
    return std::chrono::nanoseconds{static_cast<std::int64_t>(latest_ns)};
  }
};

/// Returns the CPU time of the calling thread for the cost of reading the cycle counter.
///
/// An anchor is the time from a system call (about 400 ns) and the counter at that moment. While
/// the thread stays on its CPU, its CPU time is the anchor's time plus the counter's advance.
/// Restartable sequences (rseq) show whether it stayed. The kernel clears the thread's `rseq_cs`
/// when it preempts, migrates or signals the thread outside of the sequence that `rseq_cs`
/// describes. Our sequence never runs, so "still set" means "not interrupted". Other code that uses
/// rseq overwrites the field, which costs one unnecessary anchor.
///
/// Between anchors, at most `kSpan` apart, the time drifts by the rate's error (about 10^-5) and by
/// steal. It never goes backwards within a thread. Without Linux, rseq or a counter of constant
/// rate, every call reads the system's clock.
class CpuTimer {
 public:
  static constexpr std::chrono::milliseconds kSpan{4};

  [[nodiscard]] static std::chrono::nanoseconds thread_cpu_time() noexcept {
    CpuTimerState& state = state_;
    const std::uint64_t now = Tsc::read();
    // Volatile, and read after the counter: a preemption between the two is seen, and costs an
    // anchor.
    if (*state.rseq_cs == state.mark && now - state.anchor_count < state.span_counts) [[likely]] {
      const std::uint64_t since = (now - state.anchor_count) * state.ns_per_count >> 32U;
      return state.forward(state.anchor_ns + since);
    }
    return anchor();
  }

  /// Returns the system's time by a system call: the reference.
  [[nodiscard]] static std::chrono::nanoseconds reference() noexcept;

  /// True if this thread's calls need no system call.
  [[nodiscard]] static bool is_fast_here() noexcept;

 private:
  static std::chrono::nanoseconds anchor() noexcept;
  static void prepare(CpuTimerState& state) noexcept;

  // Defined here: UBSan of g++ 12 takes an extern one for a null pointer.
  static inline constinit thread_local CpuTimerState state_{};
};

}  // namespace pulse
