#pragma once

#include <cstdint>

#include "pulsebench/vocabulary/result.hpp"

/// Counts what this process takes from the heap, while it is asked to. Off, it costs nothing: the
/// calls of `malloc` and its kin go where they always went, and only then their entries in the
/// tables of the loaded objects are turned to functions that count and pass on. `operator new` is
/// counted as the `malloc` that it calls. Not seen: an allocator that is called by other names.
namespace pulsebench::harness {

/// Since the watching began, of all threads.
struct HeapUse {
  std::int64_t allocations = 0;
  std::int64_t bytes = 0;  ///< as asked for
  std::int64_t live = 0;   ///< held now, less what was held then; as the allocator rounds it
  std::int64_t peak = 0;   ///< the most that `live` was since the last `forget_peak`
};

/// From zero. `bad_input` where this platform's calls cannot be turned.
[[nodiscard]] Result<void> watch_heap();
void leave_heap_alone();

[[nodiscard]] HeapUse heap_use();
void forget_peak();

}  // namespace pulsebench::harness
