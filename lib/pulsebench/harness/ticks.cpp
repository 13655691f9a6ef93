#include "pulsebench/harness/ticks.hpp"

#include <limits>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace pulsebench::harness {

// lib/pulse/tsc.cpp asks the same: the library under test and the harness that measures it must not
// depend on each other.
bool has_invariant_tsc() {
#if defined(__x86_64__)
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  return __get_cpuid(0x80000007U, &eax, &ebx, &ecx, &edx) != 0 && (edx & (1U << 8U)) != 0;
#else
  return false;
#endif
}

/// The narrowest of eight readings: an interrupt between the two clocks widens only one.
TickClock::Pair TickClock::read_pair() const {
  Pair best{};
  std::uint64_t narrowest = std::numeric_limits<std::uint64_t>::max();
  for (int i = 0; i < 8; ++i) {
    const std::uint64_t before = begin();
    const std::uint64_t ns = monotonic_ns();
    const std::uint64_t after = end();
    if (after - before >= narrowest) continue;
    narrowest = after - before;
    best = {before + (after - before) / 2, ns};
  }
  return best;
}

double TickClock::ns_per_tick() const {
  if (!tsc_) return 1.0;
  while (monotonic_ns() - origin_.ns < 1'000'000) {
  }
  const Pair now = read_pair();
  return static_cast<double>(now.ns - origin_.ns) / static_cast<double>(now.ticks - origin_.ticks);
}

}  // namespace pulsebench::harness
