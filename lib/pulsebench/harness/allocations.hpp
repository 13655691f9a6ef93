#pragma once

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Runs the operation one at a time and counts what each takes from the heap. What an operation
/// only takes the first time is not counted: as many ran before.
[[nodiscard]] wire::Event count_allocations(const wire::CountAllocations& ask, const Batch& batch);

/// Makes plain Google Benchmark runs report allocations, by its own rule: `allocs_per_iter` and
/// `max_bytes_used` of a few iterations and their set-up, in the JSON output.
void report_allocations_to_google_benchmark();

}  // namespace pulsebench::harness
