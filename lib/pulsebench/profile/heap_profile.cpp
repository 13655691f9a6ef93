#include "pulsebench/profile/heap_profile.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::profile {
namespace {

std::vector<HeldByStack> held_at_peak(const HeapCurve& curve, std::span<const HeapBlock> blocks,
                                      std::span<const std::size_t> stacks) {
  std::map<std::size_t, HeldByStack> by_stack;
  for (const std::size_t block : curve.at_peak) {
    HeldByStack& held = by_stack[stacks[block]];
    held.stack = stacks[block];
    ++held.blocks;
    held.bytes += blocks[block].size;
  }
  std::vector<HeldByStack> list;
  for (const auto& [stack, held] : by_stack) list.push_back(held);
  std::stable_sort(list.begin(), list.end(),
                   [](const HeldByStack& a, const HeldByStack& b) { return a.bytes > b.bytes; });
  return list;
}

}  // namespace

HeapProfile summarize_heap(const HeapRecording& recording, std::span<const HeapBlock> blocks,
                           HeapStacks named) {
  const std::uint64_t operations = recording.operations;
  HeapProfile profile;
  profile.operations = profile.operations_asked = operations;
  profile.counted = operations - first_counted(operations);
  profile.frees_lost = recording.frees_lost;
  profile.curve = heap_curve(blocks, operations, kCurvePoints);
  profile.at_peak = held_at_peak(profile.curve, blocks, named.of_block);
  profile.spots = allocation_spots(blocks, named.of_block, operations);
  profile.lifetimes = lifetimes_of(blocks, operations);
  profile.sizes = size_histogram(blocks, operations);
  profile.leaks = find_leaks(blocks, named.of_block, operations);
  for (const AllocationSpot& spot : profile.spots) {
    profile.allocations += spot.allocations;
    profile.bytes += spot.bytes;
  }
  profile.stacks = std::move(named.stacks);
  profile.unnamed = std::move(named.unnamed);
  return profile;
}

Result<HeapProfile> read_heap_profile(std::string bytes) {
  PB_TRY(const HeapRecording recording, read_heap_recording(std::move(bytes)));
  const std::vector<HeapBlock> blocks = blocks_of(recording);
  PB_TRY(auto named, name_stacks(recording, blocks));
  return summarize_heap(recording, blocks, std::move(named));
}

}  // namespace pulsebench::profile
