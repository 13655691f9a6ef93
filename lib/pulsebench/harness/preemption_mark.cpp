#include "pulsebench/harness/preemption_mark.hpp"

#if defined(__linux__) && defined(__x86_64__) && __has_include(<sys/rseq.h>)
#include <sys/rseq.h>

// A sequence that no thread enters. The kernel checks its descriptor before it checks whether the
// thread was inside: the abort address has to lie outside, behind the signature that glibc
// registered. lib/pulse/cpu_timer.cpp has a copy: the library under test and the harness that
// measures it must not depend on each other.
asm(R"(
  .pushsection .text.unlikely, "ax", @progbits
  .balign 32
  .byte 0x0f, 0xb9, 0x3d
  .long 0x53053053
  .hidden pulsebench_rseq_abort
  .globl pulsebench_rseq_abort
pulsebench_rseq_abort:
  ud2
  .hidden pulsebench_rseq_never
  .globl pulsebench_rseq_never
pulsebench_rseq_never:
  ud2
  .popsection
)");

extern "C" {
extern const char pulsebench_rseq_abort[];  // NOLINT: labels of the lines above
extern const char pulsebench_rseq_never[];  // NOLINT
}

namespace pulsebench::harness {
namespace {

const rseq_cs& never_entered() noexcept {
  static const rseq_cs descriptor{
      .version = 0,
      .flags = 0,
      .start_ip = reinterpret_cast<std::uint64_t>(pulsebench_rseq_never),
      .post_commit_offset = 1,
      .abort_ip = reinterpret_cast<std::uint64_t>(pulsebench_rseq_abort),
  };
  return descriptor;
}

}  // namespace

PreemptionMark::PreemptionMark() noexcept {
  if (__rseq_size == 0) return;
  auto* const area =
      reinterpret_cast<rseq*>(static_cast<char*>(__builtin_thread_pointer()) + __rseq_offset);
  place_ =
      reinterpret_cast<volatile std::uint64_t*>(&area->rseq_cs);  // 64 bits in the kernel's layout
  mark_ = reinterpret_cast<std::uint64_t>(&never_entered());
}

}  // namespace pulsebench::harness

#else

namespace pulsebench::harness {

PreemptionMark::PreemptionMark() noexcept = default;

}  // namespace pulsebench::harness

#endif
