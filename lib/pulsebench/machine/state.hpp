#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/machine/cpu_ticks.hpp"
#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// Observes the state of the machine before and after a run: at construction and in `finish`.
///
/// Facts, in this order: affinity, governor, energy_preference, boost, frequency_khz, smt_sibling,
/// load_1min, psi_cpu_avg10_percent, transparent_hugepages, aslr, temperature_celsius,
/// throttle_count, clocksource, cgroup_cpu_quota; then, for the time between the two observations
/// and only in `after`: steal_percent, smt_sibling_busy_percent, psi_cpu_stalled_percent. A value
/// that the machine does not have is a fact with a reason.
class StateRecorder {
 public:
  /// Pins the calling thread to the measuring CPUs for a moment, to check that this works.
  StateRecorder(Roots roots, Placement placement, Kernel& kernel = this_kernel());

  /// Observes again. May be called more than once; `before` does not change.
  [[nodiscard]] std::vector<StateFact> finish() const;

 private:
  struct Counters {
    Result<std::map<int, CpuTicks>> ticks;
    Result<unsigned long long> stalled_us;
    std::chrono::steady_clock::time_point when;
  };

  [[nodiscard]] std::vector<StateFact> observe() const;
  [[nodiscard]] StateFact reached_affinity() const;
  [[nodiscard]] Counters count() const;
  [[nodiscard]] std::vector<StateFact> passed_since_start() const;

  Roots roots_;
  Placement placement_;
  Kernel* kernel_;
  std::vector<StateFact> before_;
  Counters counted_before_;
};

}  // namespace pulsebench::machine
