#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/environment.hpp"

namespace pulsebench::machine {

/// Counters that only mean something as a difference over the run.
struct StateCounters {
  std::map<int, std::vector<unsigned long long>> cpu_ticks;  ///< the cpuN lines of /proc/stat
  long long pressure_us = -1;  ///< total of "some" in /proc/pressure/cpu; -1 where absent
  std::chrono::steady_clock::time_point when;
};

/// Observes the state of the machine around a run: once when made, once in `finish`.
/// Facts, in this order: affinity, governor, epp, boost, frequency_khz, smt_sibling,
/// smt_sibling_busy_percent, load_1min, steal_percent, psi_cpu_avg10, psi_cpu_stalled_percent,
/// transparent_hugepages, aslr, temperature_celsius, throttle_count, clocksource,
/// cgroup_cpu_quota. What a machine does not have is a fact with a reason. The `_percent` facts are
/// of the time between the two observations, and stand in `after`.
class StateRecorder {
 public:
  /// Pins the calling thread to the measuring CPUs for a moment, to see that this can be reached.
  StateRecorder(Roots roots, Placement placement, Kernel& kernel = this_kernel());

  /// Observes again. May be called more than once; "before" stays what it was.
  [[nodiscard]] std::vector<StateFact> finish() const;

 private:
  [[nodiscard]] std::vector<StateFact> observe() const;
  [[nodiscard]] StateCounters count() const;

  Roots roots_;
  Placement placement_;
  Kernel* kernel_;
  std::vector<StateFact> before_;
  StateCounters counted_before_;
};

}  // namespace pulsebench::machine
