#include <windows.h>

#include "pulsebench/harness/kernel_counters.hpp"
#include "pulsebench/harness/ticks.hpp"

// Windows counts neither switches nor faults nor waits of one thread for its own use. Its CPU time
// in ns has steps of 15.6 ms, longer than a visit: cycles have none. Where they are not counted, as
// by Wine, the wall time stands for the CPU time, as of programs that tell none.
namespace pulsebench::harness {
namespace {

/// Cycles of the time-stamp counter while the thread ran; 0 where Windows counts none.
std::uint64_t cycles_on_cpu() {
  ULONG64 cycles = 0;
  return ::QueryThreadCycleTime(::GetCurrentThread(), &cycles) != 0 ? cycles : 0;
}

/// 0: the cycles of a thread are not counted here.
double ns_per_cycle() {
  static const double kNs = [] {
    const std::uint64_t before = cycles_on_cpu();
    const TickClock clock;
    const double ns = clock.ns_per_tick();  // keeps this thread busy for a millisecond
    return has_invariant_tsc() && cycles_on_cpu() > before ? ns : 0.0;
  }();
  return kNs;
}

}  // namespace

KernelCounters::KernelCounters() : schedstat_(-1), overhead_cpu_ns_(measure_overhead()) {}

KernelCounters::~KernelCounters() = default;

KernelCounters::Reading KernelCounters::read() const {
  const double ns = ns_per_cycle();
  if (ns == 0.0) return {.cpu_ns = monotonic_ns()};
  return {.cpu_ns = static_cast<std::uint64_t>(static_cast<double>(cycles_on_cpu()) * ns)};
}

std::uint32_t KernelCounters::causes(const Reading&, const Reading&) { return 0; }

}  // namespace pulsebench::harness
