#pragma once

#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/environment.hpp"

namespace pulsebench::machine {

/// Identifies this machine. Hashed facts change only with the machine: no measured values (clock
/// rates, bogomips), and none that a reboot or a knob changes. Results with different keys are not
/// compared. A fact that cannot be read is "unknown: <why>".
[[nodiscard]] Machine fingerprint(const Roots& roots, const Kernel& kernel = this_kernel());

}  // namespace pulsebench::machine
