#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pulsebench::run {

/// The totals of one dump of callgrind: instructions, and misses of its simulated caches.
struct CallgrindTotals {
  std::uint64_t instructions = 0;
  std::uint64_t d1_misses = 0, ll_misses = 0;  ///< reads and writes of data
};

/// Reads `events:` and `summary:` (Callgrind Format Specification, valgrind 3.19). Nothing where
/// the text is no whole dump.
[[nodiscard]] std::optional<CallgrindTotals> read_callgrind_dump(std::string_view text);

}  // namespace pulsebench::run
