#pragma once

#include <string_view>
#include <vector>

#include "pulsebench/profile/tool_finding.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

enum class HeaptrackCost { allocations, leaked };  ///< blocks or bytes

/// Reads stacks as `heaptrack_print -F` folds them: `outermost (file);...;innermost (file); cost`.
/// Stacks without a cost are left out; the greatest first. `bad_input` where a line is none.
[[nodiscard]] Result<std::vector<ToolFinding>> read_heaptrack(std::string_view text,
                                                              HeaptrackCost cost);

}  // namespace pulsebench::profile
