#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/profile/heap_events.hpp"

namespace pulsebench::profile {

/// What one stack allocates in the counted operations, the second half: exact counts.
struct AllocationSpot {
  std::size_t stack = 0;
  std::uint64_t allocations = 0;
  std::uint64_t bytes = 0;
  std::uint64_t died_at_once = 0;  ///< of the allocations: freed in the same operation
};

/// All stacks that allocate, most allocations first. Pure.
[[nodiscard]] std::vector<AllocationSpot> allocation_spots(std::span<const HeapBlock> blocks,
                                                           std::span<const std::size_t> stacks,
                                                           std::uint64_t operations);

/// Allocations of the counted operations by size: up to 16 bytes, up to 32, and so on.
struct SizeHistogram {
  static constexpr std::uint64_t kSmallest = 16;
  std::array<std::uint64_t, 24> counts{};  ///< the last has all that are larger
  [[nodiscard]] static std::uint64_t limit_of(std::size_t bucket) { return kSmallest << bucket; }
};

[[nodiscard]] SizeHistogram size_histogram(std::span<const HeapBlock> blocks,
                                           std::uint64_t operations);

}  // namespace pulsebench::profile
