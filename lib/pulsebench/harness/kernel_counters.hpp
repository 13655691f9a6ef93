#pragma once

#include <cstdint>

namespace pulsebench::harness {

/// Reads the kernel's counters of this thread: CPU time, involuntary switches and major faults
/// (getrusage), and time on the run queue (/proc/thread-self/schedstat; 0 if /proc is not mounted).
/// A reading takes about 2 us.
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

  /// CPU time in ns that a reading adds to the slice between two readings.
  [[nodiscard]] double overhead_cpu_ns() const { return overhead_cpu_ns_; }

  /// Bits of `Disturbance` that happened between two readings.
  [[nodiscard]] static std::uint32_t causes(const Reading& before, const Reading& after);

 private:
  /// The median of 15 readings.
  [[nodiscard]] double measure_overhead() const;

  int schedstat_;
  double overhead_cpu_ns_;
};

}  // namespace pulsebench::harness
