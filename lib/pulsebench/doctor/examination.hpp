#pragma once

#include <string>
#include <vector>

#include "pulsebench/doctor/doctor.hpp"
#include "pulsebench/machine/cpu_ticks.hpp"
#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/machine/virtualisation.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// Observations shared by the groups of checks.
namespace pulsebench::doctor {

/// Another process that ran during the observation.
struct BusyProcess {
  int pid = 0;
  std::string name;
  double cpu_percent = 0.0;
};

/// A device that interrupted the measuring CPUs during the observation.
struct Interrupts {
  int irq = 0;
  unsigned long long count = 0;
};

struct Examination {
  const machine::Roots& roots;
  const machine::Placement& placement;
  machine::Kernel& kernel;
  machine::Virtualisation guest;

  // Observed while spinning on the first measuring CPU:
  Result<machine::SpinGaps> gaps;
  Result<machine::CpuTicks> measuring;  ///< ticks that passed on the measuring CPUs
  std::vector<BusyProcess> busy;        ///< those above 20 % of a CPU, busiest first
  std::vector<Interrupts> devices;      ///< most first
};

[[nodiscard]] Examination watch(const machine::Roots& roots, const machine::Placement& placement,
                                machine::Kernel& kernel);

/// Governor, energy preference, boost, mains power, throttling.
[[nodiscard]] std::vector<Check> power_checks(const Examination& seen);
/// Sharing of the measuring CPU: pinning, SMT, isolation, load, processes, steal, quota.
[[nodiscard]] std::vector<Check> sharing_checks(const Examination& seen);
/// Virtualisation, clock, counters, layout, memory.
[[nodiscard]] std::vector<Check> kernel_checks(const Examination& seen);
/// Programs and libraries that other subcommands need.
[[nodiscard]] std::vector<Check> tool_checks(const Examination& seen);

[[nodiscard]] inline Check passed(std::string name, std::string seen) {
  return {std::move(name), CheckState::ok, std::move(seen), "", ""};
}
[[nodiscard]] inline Check not_applicable(std::string name, std::string why) {
  return {std::move(name), CheckState::not_applicable, std::move(why), "", ""};
}

}  // namespace pulsebench::doctor
