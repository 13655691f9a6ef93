#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pulsebench {

/// One event, counted per operation: hardware, or the kernel's own.
struct Counter {
  std::string name;              ///< as it was asked for: "instructions", "page-faults"
  std::optional<double> per_op;  ///< absent where it was not counted; `reason` says why
  std::uint64_t enabled_ns = 0;  ///< that it was to be counted
  std::uint64_t running_ns = 0;  ///< that it had a counter; `per_op` is scaled by the two
  std::string source = {};       ///< "getrusage" where perf events are forbidden; else empty
  std::string reason = {};       ///< one line; empty where there is a value
};

}  // namespace pulsebench
