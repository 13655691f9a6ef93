#include "pulsebench/machine/cpu_kernel.hpp"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::machine {
namespace {

using Clock = std::chrono::steady_clock;

// A pause of this length is a gap. A timer interrupt takes 1-3 µs; reading the clock 25 ns.
constexpr std::chrono::nanoseconds kGap{5000};

SpinGaps watch_the_clock(std::chrono::milliseconds duration) {
  SpinGaps seen;
  const auto start = Clock::now();
  auto last = start;
  while (last - start < duration) {
    const auto now = Clock::now();
    const auto gap = now - last;
    if (gap > kGap) {
      seen.lost += gap;
      seen.longest = std::max<std::chrono::nanoseconds>(seen.longest, gap);
      ++seen.gaps;
    }
    last = now;
  }
  seen.watched = last - start;
  return seen;
}

}  // namespace

std::string CpuKernel::hypervisor_signature() const {
#if defined(__x86_64__) || defined(__i386__)
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned kHypervisorBit = 1U << 31U;  // CPUID leaf 1, ECX
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kHypervisorBit) == 0) return "";
  __cpuid(0x40000000, a, b, c, d);
  const std::array<unsigned, 3> words{b, c, d};
  std::array<char, 13> text{};
  std::memcpy(text.data(), words.data(), 12);
  return text.data();
#else
  return "";
#endif
}

bool CpuKernel::has_program(const std::string& name) const {
  return !os::find_program(name).empty();
}

Result<SpinGaps> CpuKernel::spin(int cpu, std::chrono::milliseconds duration) {
  PB_TRY(const auto before, affinity());
  if (const int refused = set_affinity({cpu}); refused != 0) {
    return fail(ErrorCode::io, fmt::format("cannot run on CPU {}: {}", cpu,
                                           std::generic_category().message(refused)));
  }
  const SpinGaps seen = watch_the_clock(duration);
  (void)set_affinity(before);
  return seen;
}

}  // namespace pulsebench::machine
