#pragma once

#include <cstddef>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::harness {

/// Who hears of the allocations of all threads. Neither function may allocate.
struct HeapListener {
  /// `block` is not null; `caller` is where the call returns to, null where that is unknown.
  void (*allocated)(const volatile void* block, std::size_t size, const void* caller);
  /// Called before the block is freed, so that no other thread can have got it again.
  void (*freed)(const volatile void* block);
};

/// Redirects `malloc` and its relatives, in the call tables of the loaded objects, to functions
/// that forward and tell `listener`, which outlives the listening. `operator new` is heard of as
/// the `malloc` that it calls; allocators with other names are not. Nothing is redirected before
/// and after, so it costs nothing then. `bad_input` if calls cannot be redirected on this platform.
[[nodiscard]] Result<void> listen_to_heap(const HeapListener& listener);
void stop_listening_to_heap();

/// Whether a sanitizer owns the allocator: allocations are then heard of without their callers.
[[nodiscard]] bool sanitizer_owns_heap();

}  // namespace pulsebench::harness
