#include "pulsebench/profile/heap_curve.hpp"

#include <algorithm>

namespace pulsebench::profile {
namespace {

/// A block begins or ends at the event `at`, in `operation`.
struct Change {
  std::size_t at;
  std::uint32_t operation;
  std::int64_t bytes;
};

std::vector<Change> changes_of(std::span<const HeapBlock> blocks) {
  std::vector<Change> changes;
  for (const HeapBlock& block : blocks) {
    const auto size = static_cast<std::int64_t>(block.size);
    changes.push_back({block.allocated_by, block.born, size});
    if (!block.never_freed() && block.died != wire::kAfterOperations) {
      changes.push_back({block.freed_by, block.died, -size});
    }
  }
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return a.at < b.at; });
  return changes;
}

}  // namespace

HeapCurve heap_curve(std::span<const HeapBlock> blocks, std::uint64_t operations,
                     std::size_t points) {
  HeapCurve curve;
  const std::size_t parts = std::min<std::size_t>(points, operations);
  const std::vector<Change> changes = changes_of(blocks);
  std::int64_t live = 0, peak = 0;
  std::size_t next = 0, peak_at = 0;
  for (std::size_t part = 1; part <= parts; ++part) {
    const std::uint64_t end = operations * part / parts;
    for (; next < changes.size() && changes[next].operation < end; ++next) {
      live += changes[next].bytes;
      if (live <= peak) continue;
      peak = live;
      peak_at = changes[next].at;
      curve.peak_operation = changes[next].operation;
    }
    curve.live_bytes.push_back(static_cast<std::uint64_t>(std::max<std::int64_t>(live, 0)));
  }
  curve.peak_bytes = static_cast<std::uint64_t>(peak);
  for (std::size_t i = 0; i < blocks.size() && peak > 0; ++i) {
    if (blocks[i].allocated_by <= peak_at && blocks[i].freed_by > peak_at) {
      curve.at_peak.push_back(i);
    }
  }
  return curve;
}

}  // namespace pulsebench::profile
