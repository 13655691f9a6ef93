#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pulsebench::run {

/// Totals of a callgrind dump: instructions, and misses of the simulated caches.
struct CallgrindTotals {
  std::uint64_t instructions = 0;
  std::uint64_t d1_misses = 0, ll_misses = 0;  ///< reads and writes of data
};

/// Reads `events:` and `summary:` (Callgrind Format Specification, valgrind 3.19). Absent if the
/// dump is not complete.
[[nodiscard]] std::optional<CallgrindTotals> read_callgrind_dump(std::string_view text);

}  // namespace pulsebench::run
