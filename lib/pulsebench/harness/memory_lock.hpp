#pragma once

#include <string>

namespace pulsebench::harness {

/// Keeps every page of this process, from its first use on, in memory (mlockall, MCL_ONFAULT): no
/// slice waits for a page that was written out. Ends with the process. Empty where it is so, else
/// one line why not.
[[nodiscard]] std::string lock_memory();

}  // namespace pulsebench::harness
