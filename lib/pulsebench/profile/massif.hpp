#pragma once

#include <string_view>
#include <vector>

#include "pulsebench/profile/tool_finding.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// What valgrind's massif wrote: the heap of the whole process over its time, and who held it at
/// its peak.
struct MassifProfile {
  std::vector<double> heap_bytes;  ///< of each snapshot
  double peak_bytes = 0.0;
  std::vector<ToolFinding> at_peak;  ///< its branches, down to their ends; most bytes first
};

/// Source of the format: Massif's manual and ms_print of valgrind 3.19. `bad_input` where the text
/// is none.
[[nodiscard]] Result<MassifProfile> read_massif(std::string_view text);

}  // namespace pulsebench::profile
