#pragma once

#include <cstdint>

namespace pulsebench::harness {

/// Watches what the kernel does to this thread, read at each slice boundary (about 2 us together):
/// CPU time, involuntary switches and major faults (getrusage), time on the run queue
/// (/proc/thread-self/schedstat on a kept descriptor; absent where /proc is not mounted).
class KernelCounters {
 public:
  struct Reading {
    std::uint64_t cpu_ns = 0;
    std::uint64_t run_delay_ns = 0;
    std::int64_t involuntary_switches = 0;
    std::int64_t major_faults = 0;
  };

  KernelCounters();
  ~KernelCounters();
  KernelCounters(const KernelCounters&) = delete;
  KernelCounters& operator=(const KernelCounters&) = delete;

  [[nodiscard]] Reading read() const;

  /// CPU time that one reading itself adds to the slice between two readings, ns.
  [[nodiscard]] double overhead_cpu_ns() const { return overhead_cpu_ns_; }

  /// Bits of `Disturbance` that happened between two readings.
  [[nodiscard]] static std::uint32_t causes(const Reading& before, const Reading& after);

 private:
  int schedstat_;
  double overhead_cpu_ns_;
};

}  // namespace pulsebench::harness
