#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/profile/heap_events.hpp"

namespace pulsebench::profile {

/// What the operations hold, over the operations.
struct HeapCurve {
  std::vector<std::uint64_t> live_bytes;  ///< at the end of equal parts of the operations
  std::uint64_t peak_bytes = 0;           ///< the most at any moment
  std::uint32_t peak_operation = 0;       ///< in which it was first reached
  std::vector<std::size_t> at_peak;       ///< indices of the blocks that were held then
};

/// The curve in at most `points` parts. Pure.
[[nodiscard]] HeapCurve heap_curve(std::span<const HeapBlock> blocks, std::uint64_t operations,
                                   std::size_t points);

}  // namespace pulsebench::profile
