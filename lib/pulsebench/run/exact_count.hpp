#pragma once

#include <string>

#include "pulsebench/run/launcher.hpp"
#include "pulsebench/vocabulary/counts.hpp"

namespace pulsebench::run {

/// Exact instructions of one operation: the slope between N and 2N operations, counted by
/// valgrind's callgrind in a process of its own, or single-stepped where valgrind is not installed.
/// N follows from `batching`, so that two runs to be compared count alike. Where a few operations
/// single-stepped take another number (valgrind hides AVX-512 from libraries), that is kept beside
/// it. What could not be counted says why.
[[nodiscard]] ExactCount count_exactly(Launcher& launcher, const Source& source,
                                       const std::string& id, const Batching& batching);

/// What operations take from the heap, in a process of their own.
[[nodiscard]] Allocations count_allocations(Launcher& launcher, const Source& source,
                                            const std::string& id, const Batching& batching);

}  // namespace pulsebench::run
