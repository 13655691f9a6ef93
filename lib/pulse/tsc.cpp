#include "pulse/tsc.hpp"

#include <chrono>
#include <limits>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace pulse {
namespace {

using std::chrono::steady_clock;

/// CPUID 8000_0007h, EDX bit 8: the counter runs at one rate in all power states. The suite harness
/// asks the same in ticks.cpp: the library under test and the harness do not depend on each other.
bool has_constant_rate() noexcept {
#if defined(__x86_64__)
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  return __get_cpuid(0x80000007, &eax, &ebx, &ecx, &edx) != 0 && (edx & (1U << 8U)) != 0;
#else
  return false;
#endif
}

struct Pair {
  std::uint64_t count;
  std::chrono::nanoseconds time;
};

/// Reads both clocks at the same moment: the fastest of eight tries.
Pair read_both() noexcept {
  Pair best{};
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (int i = 0; i < 8; ++i) {
    const std::uint64_t before = Tsc::read();
    const auto time = steady_clock::now().time_since_epoch();
    const std::uint64_t after = Tsc::read();
    if (after - before >= least) continue;
    least = after - before;
    best = {before + least / 2, time};
  }
  return best;
}

double measure() noexcept {
  if (!has_constant_rate()) return 0.0;
  constexpr std::chrono::milliseconds kSpan{2};
  const Pair first = read_both();
  while (steady_clock::now().time_since_epoch() - first.time < kSpan) continue;
  const Pair last = read_both();
  return static_cast<double>((last.time - first.time).count()) /
         static_cast<double>(last.count - first.count);
}

}  // namespace

double Tsc::ns_per_count() noexcept {
  static const double ns = measure();
  return ns;
}

}  // namespace pulse
