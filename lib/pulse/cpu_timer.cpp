#include "pulse/cpu_timer.hpp"

#include <ctime>

#include <algorithm>
#include <cmath>

#if defined(__linux__) && defined(__x86_64__) && __has_include(<sys/rseq.h>)
#include <sys/rseq.h>
#define PULSE_HAS_RSEQ 1
#else
#define PULSE_HAS_RSEQ 0
#endif

#if PULSE_HAS_RSEQ
// A sequence that no thread enters. The kernel checks its descriptor before it checks whether the
// thread was inside: the abort address has to lie outside of the sequence, behind the signature
// that the thread registered (an instruction, as in glibc). The suite harness has a copy, since the
// core library and the harness must not depend on each other.
asm(R"(
  .pushsection .text.unlikely, "ax", @progbits
  .balign 32
  .byte 0x0f, 0xb9, 0x3d
  .long 0x53053053
  .hidden pulse_rseq_abort
  .globl pulse_rseq_abort
pulse_rseq_abort:
  ud2
  .hidden pulse_rseq_never
  .globl pulse_rseq_never
pulse_rseq_never:
  ud2
  .popsection
)");

extern "C" {
extern const char pulse_rseq_abort[];  // NOLINT: labels of the lines above
extern const char pulse_rseq_never[];  // NOLINT
}
#endif

namespace pulse {

#if PULSE_HAS_RSEQ
namespace {

/// Returns the descriptor, which is built at run time because the addresses are known only then.
const rseq_cs& never_entered() noexcept {
  static const rseq_cs descriptor{
      .version = 0,
      .flags = 0,
      .start_ip = reinterpret_cast<std::uint64_t>(pulse_rseq_never),
      .post_commit_offset = 1,
      .abort_ip = reinterpret_cast<std::uint64_t>(pulse_rseq_abort),
  };
  return descriptor;
}

rseq* rseq_of_this_thread() noexcept {
  if (__rseq_size == 0) return nullptr;
  return reinterpret_cast<rseq*>(static_cast<char*>(__builtin_thread_pointer()) + __rseq_offset);
}

}  // namespace
#endif

std::chrono::nanoseconds CpuTimer::reference() noexcept {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

bool CpuTimer::is_fast_here() noexcept {
  static_cast<void>(thread_cpu_time());
  return state_.rseq_cs != &CpuTimerState::kNotSet;
}

std::chrono::nanoseconds CpuTimer::anchor() noexcept {
  CpuTimerState& state = state_;
  if (!state.is_prepared) prepare(state);
#if PULSE_HAS_RSEQ
  // Set before the readings: an interruption between them clears the mark, and the next call takes
  // a new anchor. This call returns the system's time in any case.
  if (state.rseq_cs != &CpuTimerState::kNotSet) {
    *const_cast<volatile std::uint64_t*>(state.rseq_cs) = state.mark;
  }
#endif
  const std::uint64_t before = Tsc::read();
  const std::chrono::nanoseconds time = reference();
  const std::uint64_t took = Tsc::read() - before;
  state.shortest_call = std::min(state.shortest_call, took);
  // The system read its clock about half-way through the call, unless an interrupt or the
  // hypervisor stretched one of the halves. Such a call sets no anchor, and the next call tries
  // again.
  const bool is_stretched = took > 2 * state.shortest_call;
  state.anchor_count = before + took / 2 - (is_stretched ? state.span_counts : 0);
  state.anchor_ns = static_cast<std::uint64_t>(time.count());
  return state.forward(state.anchor_ns);
}

void CpuTimer::prepare(CpuTimerState& state) noexcept {
  state.is_prepared = true;
#if PULSE_HAS_RSEQ
  const double ns = Tsc::ns_per_count();
  rseq* const area = rseq_of_this_thread();
  if (ns == 0.0 || area == nullptr) return;
  state.ns_per_count = static_cast<std::uint64_t>(std::ldexp(ns, 32));
  state.span_counts =
      static_cast<std::uint64_t>(static_cast<double>(std::chrono::nanoseconds{kSpan}.count()) / ns);
  state.mark = reinterpret_cast<std::uint64_t>(&never_entered());
  // In the kernel's layout the field is a 64-bit number.
  state.rseq_cs = reinterpret_cast<const volatile std::uint64_t*>(&area->rseq_cs);
#endif
}

}  // namespace pulse
