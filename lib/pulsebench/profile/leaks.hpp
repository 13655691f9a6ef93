#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/profile/heap_events.hpp"

namespace pulsebench::profile {

/// What grows with the operations, from one stack.
struct HeapSlope {
  std::size_t stack = 0;
  double blocks_per_op = 0.0;
  double bytes_per_op = 0.0;
};

/// A slope: what is live after 2N operations minus what is live after N, per operation. What was
/// allocated once, or takes the place of another block, has none.
struct Leaks {
  std::vector<HeapSlope> leaked;  ///< of blocks that nothing frees, also not the benchmark's end
  std::vector<HeapSlope> kept;    ///< of blocks that the end of the benchmark frees
};

/// `stacks` has the number of each block's stack. Both lists descend by bytes. Pure.
[[nodiscard]] Leaks find_leaks(std::span<const HeapBlock> blocks,
                               std::span<const std::size_t> stacks, std::uint64_t operations);

}  // namespace pulsebench::profile
