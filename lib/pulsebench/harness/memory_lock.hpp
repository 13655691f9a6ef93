#pragma once

#include <string>

namespace pulsebench::harness {

/// Keeps every page of this process in memory from its first use on (mlockall, MCL_ONFAULT), so
/// that no slice waits for a page from a disk. Ends with the process. Returns an empty text, or one
/// line why it failed.
[[nodiscard]] std::string lock_memory();

}  // namespace pulsebench::harness
