#pragma once

#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/environment.hpp"

namespace pulsebench::machine {

/// Who this machine is. Hashed facts change only when the machine does: nothing measured (clock
/// rates, bogomips), nothing that a reboot or a knob moves. Two results with different keys are
/// not compared. A fact that cannot be read is "unknown: <why>".
[[nodiscard]] Machine fingerprint(const Roots& roots, const Kernel& kernel = this_kernel());

}  // namespace pulsebench::machine
