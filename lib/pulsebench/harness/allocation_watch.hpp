#pragma once

#include <cstdint>

#include "pulsebench/vocabulary/result.hpp"

/// Counts the heap allocations of this process between `watch_heap` and `unwatch_heap`. Only then
/// do the call tables of the loaded objects redirect `malloc` and its relatives to functions that
/// count and forward, so it costs nothing otherwise. `operator new` is counted as the `malloc` that
/// it calls. Allocators with other names are not seen.
namespace pulsebench::harness {

/// Heap use of all threads since `watch_heap`.
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
