#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/machine/roots.hpp"

namespace pulsebench::doctor {

/// Worst first. `not_applicable` is no judgement: a VM without cpufreq has no governor to set.
enum class CheckState { bad, warning, ok, not_applicable };

/// One line of `doctor`.
struct Check {
  std::string name;  ///< "governor", "load", "pmu"
  CheckState state = CheckState::ok;
  std::string seen;         ///< what is there: "powersave", "no cpufreq (virtual machine)"
  std::string consequence;  ///< for measurements; empty where ok or not applicable
  std::string fix;          ///< the exact command that mends it; empty where nothing does
};

/// Examines what decides whether this machine can measure: power, CPU sharing, virtualisation,
/// counters, memory. Takes about 150 ms, most of it spinning on the measuring CPU to see how long
/// it is taken away. Worst first; the order within a state is fixed.
[[nodiscard]] std::vector<Check> examine(const machine::Roots& roots,
                                         const machine::Placement& placement,
                                         machine::Kernel& kernel = machine::this_kernel());

}  // namespace pulsebench::doctor
