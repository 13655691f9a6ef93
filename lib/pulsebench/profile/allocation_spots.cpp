#include "pulsebench/profile/allocation_spots.hpp"

#include <algorithm>
#include <map>

namespace pulsebench::profile {

std::vector<AllocationSpot> allocation_spots(std::span<const HeapBlock> blocks,
                                             std::span<const std::size_t> stacks,
                                             std::uint64_t operations) {
  std::map<std::size_t, AllocationSpot> by_stack;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].born < first_counted(operations)) continue;
    AllocationSpot& spot = by_stack[stacks[i]];
    spot.stack = stacks[i];
    ++spot.allocations;
    spot.bytes += blocks[i].size;
    spot.died_at_once += blocks[i].died_at_once() ? 1 : 0;
  }
  std::vector<AllocationSpot> spots;
  for (const auto& [stack, spot] : by_stack) spots.push_back(spot);
  std::stable_sort(spots.begin(), spots.end(),
                   [](const AllocationSpot& a, const AllocationSpot& b) {
                     return a.allocations > b.allocations;
                   });
  return spots;
}

SizeHistogram size_histogram(std::span<const HeapBlock> blocks, std::uint64_t operations) {
  SizeHistogram histogram;
  for (const HeapBlock& block : blocks) {
    if (block.born < first_counted(operations)) continue;
    std::size_t bucket = 0;
    while (bucket + 1 < histogram.counts.size() && SizeHistogram::limit_of(bucket) < block.size) {
      ++bucket;
    }
    ++histogram.counts[bucket];
  }
  return histogram;
}

}  // namespace pulsebench::profile
