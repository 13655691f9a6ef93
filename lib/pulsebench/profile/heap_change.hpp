#pragma once

#include <span>
#include <string>
#include <vector>

#include "pulsebench/profile/heap_profile.hpp"

namespace pulsebench::profile {

/// A count per operation, in all runs of one side: a single value where they agree.
struct CountRange {
  double low = 0.0, high = 0.0;

  [[nodiscard]] bool exact() const { return low == high; }
};

/// What one side takes from the heap, per operation.
struct HeapCounts {
  CountRange allocations, bytes, leaked_bytes;
};

/// What a function that allocates does on both sides. The function is matched by its name, without
/// template arguments and parameters.
struct SiteChange {
  std::string site;  ///< "leak() mem.cpp:14", of the new side where it is there
  HeapCounts before, after;
};

struct HeapChange {
  HeapCounts before, after;
  std::vector<SiteChange> sites;  ///< that changed, the greatest growth of allocations first
  bool repeats = true;            ///< every count was the same in all runs of its side
};

/// Compares the runs of two sides. Precondition: neither is empty. Pure.
[[nodiscard]] HeapChange compare_heaps(std::span<const HeapProfile> before,
                                       std::span<const HeapProfile> after);

/// Whether the new side takes more, in every run than the old one in any: allocations, bytes or
/// leaked bytes.
[[nodiscard]] bool grew(const HeapCounts& before, const HeapCounts& after);

}  // namespace pulsebench::profile
