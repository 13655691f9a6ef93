#pragma once

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Runs single operations and counts the heap allocations of each. As many operations run before,
/// so allocations of a first call are not counted.
[[nodiscard]] wire::Event count_allocations(const wire::CountAllocations& ask, const Batch& batch);

/// Makes plain Google Benchmark runs report `allocs_per_iter` and `max_bytes_used` in the JSON
/// output, by Google Benchmark's rule: of a few iterations and their set-up.
void report_allocations_to_google_benchmark();

}  // namespace pulsebench::harness
