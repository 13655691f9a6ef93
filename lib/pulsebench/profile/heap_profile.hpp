#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pulsebench/profile/allocation_spots.hpp"
#include "pulsebench/profile/heap_curve.hpp"
#include "pulsebench/profile/heap_events.hpp"
#include "pulsebench/profile/heap_stacks.hpp"
#include "pulsebench/profile/leaks.hpp"
#include "pulsebench/profile/lifetimes.hpp"

namespace pulsebench::profile {

/// Blocks of one stack at one moment.
struct HeldByStack {
  std::size_t stack = 0;
  std::uint64_t blocks = 0;
  std::uint64_t bytes = 0;
};

/// What the operations of a benchmark do with the heap.
struct HeapProfile {
  std::uint64_t operations = 0;        ///< recorded
  std::uint64_t operations_asked = 0;  ///< more than recorded where they did not fit the memory
  std::uint64_t counted = 0;           ///< of them: the second half, whose allocations are counted
  std::uint64_t frees_lost = 0;        ///< for lack of memory; above 0 leaks are not known
  std::uint64_t allocations = 0, bytes = 0;  ///< of the counted operations

  HeapCurve curve;
  std::vector<HeldByStack> at_peak;  ///< most bytes first
  std::vector<AllocationSpot> spots;
  Lifetimes lifetimes;
  SizeHistogram sizes;
  Leaks leaks;
  std::vector<HeapStack> stacks;
  std::vector<UnnamedFile> unnamed;

  [[nodiscard]] double per_op(std::uint64_t count) const {
    return static_cast<double>(count) / static_cast<double>(counted);
  }
};

inline constexpr std::size_t kCurvePoints = 60;

/// Pure: `named` has the stacks of the recording's blocks.
[[nodiscard]] HeapProfile summarize_heap(const HeapRecording& recording,
                                         std::span<const HeapBlock> blocks, HeapStacks named);

/// Reads the content of a recording's file, unwinds and names its stacks, and sums it up.
[[nodiscard]] Result<HeapProfile> read_heap_profile(std::string bytes);

}  // namespace pulsebench::profile
