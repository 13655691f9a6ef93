#pragma once

#include <string>

#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/roots.hpp"

namespace pulsebench::machine {

/// What speaks for a hypervisor and for a container, as evidence rather than as a yes or no:
/// `/.dockerenv` alone misleads.
struct Virtualisation {
  bool is_guest = false;      ///< CPUID, the cpuinfo flag, /sys/hypervisor or the DMI names say so
  std::string hypervisor;     ///< "KVM (CPUID says KVMKVMKVM; cpuinfo flag)", "none seen"
  bool in_container = false;  ///< a namespace is not the host's first, or PID 1 was told so
  std::string container;      ///< "none (but /.dockerenv is there)", "yes: own pid namespace"
};

[[nodiscard]] Virtualisation virtualisation(const Roots& roots, const Kernel& kernel);

}  // namespace pulsebench::machine
