#include "pulsebench/profile/lifetimes.hpp"

#include <algorithm>
#include <vector>

namespace pulsebench::profile {

Lifetimes lifetimes_of(std::span<const HeapBlock> blocks, std::uint64_t operations) {
  const std::uint64_t born_before = std::max<std::uint64_t>(first_counted(operations), 1);
  Lifetimes lifetimes;
  lifetimes.watched = operations - born_before;
  std::vector<std::uint64_t> ages;
  for (const HeapBlock& block : blocks) {
    if (block.born >= born_before) continue;
    const bool freed_by_operation = block.died < operations;
    const std::uint64_t age = freed_by_operation ? block.died - block.born : lifetimes.watched;
    ages.push_back(std::min(age, lifetimes.watched));
    if (block.died_at_once()) ++lifetimes.died_at_once;
  }
  lifetimes.blocks = ages.size();
  if (ages.empty()) return lifetimes;
  std::sort(ages.begin(), ages.end());
  // The nearest rank: the least age that at least this part of the blocks does not exceed.
  const auto rank = [&](std::size_t percent) {
    return ages[(ages.size() * percent + 99) / 100 - 1];
  };
  lifetimes.p50 = rank(50);
  lifetimes.p99 = rank(99);
  return lifetimes;
}

}  // namespace pulsebench::profile
