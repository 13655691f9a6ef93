#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

#include "pulse/tsc.hpp"

namespace pulse {

/// What `CpuTimer` keeps for each thread.
struct CpuTimerState {
  static constexpr std::uint64_t kNotSet = 0;

  const volatile std::uint64_t* rseq_cs = &kNotSet;  ///< where the kernel says it interrupted us
  std::uint64_t mark = 1;                            ///< what it holds while nobody did
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

/// The CPU time of the calling thread, at the price of reading the cycle counter.
///
/// A system call tells the time (some 400 ns) and the counter at that moment: the anchor. While the
/// thread stays on its CPU, its CPU time is the anchor's plus what the counter went on by. That it
/// stayed is known from restartable sequences (rseq): the kernel clears the thread's `rseq_cs` when
/// it preempts, migrates or signals the thread, and finds it outside of the sequence that `rseq_cs`
/// describes. Ours describes code that never runs, so that "still set" means "not interrupted
/// since". Code that uses rseq for itself overwrites the field; we then see a preemption that was
/// none.
///
/// Between anchors, at most `kSpan` apart, the figure drifts by the rate's error (some 10^-5), and
/// by what a hypervisor steals. Never goes backwards within a thread. Where there is no rseq, no
/// counter of constant rate, or no Linux, every call is the system's clock.
class CpuTimer {
 public:
  static constexpr std::chrono::milliseconds kSpan{4};

  [[nodiscard]] static std::chrono::nanoseconds thread_cpu_time() noexcept {
    CpuTimerState& state = state_;
    const std::uint64_t now = Tsc::read();
    // Volatile, and after the counter: a preemption between both is seen, and costs a new anchor.
    if (*state.rseq_cs == state.mark && now - state.anchor_count < state.span_counts) [[likely]] {
      const std::uint64_t since = (now - state.anchor_count) * state.ns_per_count >> 32U;
      return state.forward(state.anchor_ns + since);
    }
    return anchor();
  }

  /// The reference: what the system says, by a system call.
  [[nodiscard]] static std::chrono::nanoseconds reference() noexcept;

  /// True where this thread's calls can do without the system call.
  [[nodiscard]] static bool is_fast_here() noexcept;

 private:
  static std::chrono::nanoseconds anchor() noexcept;
  static void prepare(CpuTimerState& state) noexcept;

  // Defined here: g++ 12's UBSan takes an extern one for a null pointer.
  static inline constinit thread_local CpuTimerState state_{};
};

}  // namespace pulse
