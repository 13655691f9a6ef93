#pragma once

#include <string>

#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/roots.hpp"

namespace pulsebench::machine {

/// Evidence of a hypervisor and of a container, since single hints such as `/.dockerenv` mislead.
struct Virtualisation {
  bool is_guest = false;      ///< by CPUID, cpuinfo, /sys/hypervisor or DMI names
  std::string hypervisor;     ///< "KVM (CPUID says KVMKVMKVM; cpuinfo flag)", "none seen"
  bool in_container = false;  ///< by a namespace other than the host's, or by PID 1
  std::string container;      ///< "none (but /.dockerenv is there)", "yes: own pid namespace"
};

[[nodiscard]] Virtualisation virtualisation(const Roots& roots, const Kernel& kernel);

}  // namespace pulsebench::machine
