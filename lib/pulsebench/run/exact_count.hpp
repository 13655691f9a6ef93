#pragma once

#include <string>

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

}  // namespace pulsebench::run
