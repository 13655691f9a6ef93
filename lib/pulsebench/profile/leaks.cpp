#include "pulsebench/profile/leaks.hpp"

#include <algorithm>
#include <map>

namespace pulsebench::profile {
namespace {

/// Blocks and bytes in the second half of the operations.
struct Growth {
  std::int64_t blocks = 0, bytes = 0;            ///< allocated less freed
  std::int64_t blocks_left = 0, bytes_left = 0;  ///< allocated, and never freed
};

std::map<std::size_t, Growth> growth_by_stack(std::span<const HeapBlock> blocks,
                                              std::span<const std::size_t> stacks,
                                              std::uint64_t operations) {
  const std::uint32_t half = first_counted(operations);
  std::map<std::size_t, Growth> by_stack;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const HeapBlock& block = blocks[i];
    const auto bytes = static_cast<std::int64_t>(block.size);
    Growth& growth = by_stack[stacks[i]];
    if (block.born >= half) {
      ++growth.blocks;
      growth.bytes += bytes;
      growth.blocks_left += block.never_freed() ? 1 : 0;
      growth.bytes_left += block.never_freed() ? bytes : 0;
    }
    if (block.died >= half && block.died < operations) {
      --growth.blocks;
      growth.bytes -= bytes;
    }
  }
  return by_stack;
}

void add_slope(std::vector<HeapSlope>& list, std::size_t stack, std::int64_t blocks,
               std::int64_t bytes, double operations) {
  if (blocks <= 0 || bytes < 0) return;
  list.push_back({.stack = stack,
                  .blocks_per_op = static_cast<double>(blocks) / operations,
                  .bytes_per_op = static_cast<double>(bytes) / operations});
}

void sort_by_bytes(std::vector<HeapSlope>& list) {
  std::stable_sort(list.begin(), list.end(), [](const HeapSlope& a, const HeapSlope& b) {
    return a.bytes_per_op > b.bytes_per_op;
  });
}

}  // namespace

Leaks find_leaks(std::span<const HeapBlock> blocks, std::span<const std::size_t> stacks,
                 std::uint64_t operations) {
  Leaks leaks;
  const auto counted = static_cast<double>(operations - first_counted(operations));
  for (const auto& [stack, growth] : growth_by_stack(blocks, stacks, operations)) {
    const std::int64_t blocks_leaked = std::min(growth.blocks, growth.blocks_left);
    const std::int64_t bytes_leaked = std::min(growth.bytes, growth.bytes_left);
    add_slope(leaks.leaked, stack, blocks_leaked, bytes_leaked, counted);
    add_slope(leaks.kept, stack, growth.blocks - std::max<std::int64_t>(blocks_leaked, 0),
              growth.bytes - std::max<std::int64_t>(bytes_leaked, 0), counted);
  }
  sort_by_bytes(leaks.leaked);
  sort_by_bytes(leaks.kept);
  return leaks;
}

}  // namespace pulsebench::profile
