#pragma once

#include <string>

#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/environment.hpp"

namespace pulsebench::machine {

/// The facts of a machine as this system tells them, without an emulator and without a key. What is
/// not known is "unknown: " and why.
[[nodiscard]] Machine described(const Roots& roots, const Kernel& kernel);

/// Memory rounded up to 2^k or 3*2^k GiB. What a kernel has is 1 to 5 % below the installed size
/// and differs between kernels; the class does not.
[[nodiscard]] std::string memory_class(unsigned long long kib);

}  // namespace pulsebench::machine
