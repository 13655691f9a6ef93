#pragma once

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/hardware_class.hpp"

namespace pulsebench::machine {

/// `nvidia_gpu` where NVIDIA's driver is loaded (`/proc/driver/nvidia/version`) or has a device
/// (`/dev/nvidia0`); else `cpu_only`.
[[nodiscard]] HardwareClass hardware_class(const Roots& roots);

}  // namespace pulsebench::machine
