#pragma once

#include <string>
#include <vector>

#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/machine/roots.hpp"

namespace pulsebench::doctor {

/// Worst first. `not_applicable` is neutral: a VM without cpufreq has no governor to set.
enum class CheckState { bad, warning, ok, not_applicable };

/// One line of `doctor`.
struct Check {
  std::string name;  ///< "governor", "load", "pmu"
  CheckState state = CheckState::ok;
  std::string seen;         ///< observed value: "powersave", "no cpufreq"
  std::string consequence;  ///< for measurements; empty if ok or not applicable
  std::string fix;          ///< exact command that fixes it; empty if there is none
};

/// Checks whether this machine can measure: power, CPU sharing, virtualisation, counters, memory.
/// Takes about 150 ms, mostly spinning on the measuring CPU to find gaps. Worst first; the order
/// within a state is fixed.
[[nodiscard]] std::vector<Check> examine(const machine::Roots& roots,
                                         const machine::Placement& placement,
                                         machine::Kernel& kernel = machine::this_kernel());

}  // namespace pulsebench::doctor
