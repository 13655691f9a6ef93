#pragma once

#include <cstdint>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Runs single operations and counts the heap allocations of each. As many operations run before,
/// so allocations of a first call are not counted.
[[nodiscard]] wire::Event count_allocations(const wire::CountAllocations& ask, const Batch& batch);

/// Makes plain Google Benchmark runs report `allocs_per_iter` and `max_bytes_used` in the JSON
/// output, by Google Benchmark's rule: of a few iterations and their set-up.
void report_allocations_to_google_benchmark();

/// Heap use of all threads since `watch_heap`, as `listen_to_heap` hears of it.
struct HeapUse {
  std::int64_t allocations = 0;
  std::int64_t bytes = 0;  ///< as requested
  std::int64_t live = 0;   ///< change of the bytes in use, as the allocator rounds them
  std::int64_t peak = 0;   ///< maximum of `live` since the last `forget_peak`
};

/// Starts from zero. `bad_input` if calls cannot be redirected on this platform.
[[nodiscard]] Result<void> watch_heap();
void unwatch_heap();

[[nodiscard]] HeapUse heap_use();
void forget_peak();

}  // namespace pulsebench::harness
