#pragma once

#include <cstddef>

namespace pulsebench::plan {

/// Position of a launch's stack and heap. Launch i has the same layout in every run, so that stored
/// runs pair by launch. Both sides of a block have the same.
struct Layout {
  std::size_t environment_padding = 0;  ///< bytes, 16 * U[0, 255]: moves the stack
  std::size_t heap_padding = 0;         ///< bytes, 16 * U[0, 4095]: moves allocations
};

/// Drawn from mt19937_64(12345 + launch), whose sequence the C++ standard fixes.
[[nodiscard]] Layout layout_of(int launch);

}  // namespace pulsebench::plan
