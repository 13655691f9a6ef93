#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pulsebench/run/launcher.hpp"
#include "pulsebench/vocabulary/counts.hpp"

namespace pulsebench::run {

/// Counts the exact instructions of one operation: the slope between N and 2N operations, by
/// valgrind's callgrind in a separate process, or by single steps without valgrind. N follows from
/// `batching`, so that two runs count the same way. If single steps of a few operations give
/// another number (valgrind hides AVX-512 from libraries), the result has both. A missing count has
/// a reason.
[[nodiscard]] ExactCount count_exactly(Launcher& launcher, const Source& source,
                                       const std::string& id, const Batching& batching);

/// Counts the heap allocations of operations, in a separate process.
[[nodiscard]] Allocations count_allocations(Launcher& launcher, const Source& source,
                                            const std::string& id, const Batching& batching);

/// Totals of a callgrind dump: instructions, and misses of the simulated caches.
struct CallgrindTotals {
  std::uint64_t instructions = 0;
  std::uint64_t d1_misses = 0, ll_misses = 0;  ///< reads and writes of data
};

/// Reads `events:` and `summary:` (Callgrind Format Specification, valgrind 3.19). Absent if the
/// dump is not complete.
[[nodiscard]] std::optional<CallgrindTotals> read_callgrind_dump(std::string_view text);

}  // namespace pulsebench::run
