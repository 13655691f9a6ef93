#pragma once

#include <string_view>
#include <vector>

#include "pulsebench/profile/tool_finding.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// What valgrind's DHAT counted of one stack, in the whole process.
struct DhatPoint {
  double blocks = 0.0, bytes = 0.0;                ///< allocated
  double blocks_at_end = 0.0, bytes_at_end = 0.0;  ///< never freed
  std::vector<Frame> frames;                       ///< the innermost first
};

/// Reads version 2 of DHAT's format (valgrind 3.15 and newer). `bad_input` where the text is none.
[[nodiscard]] Result<std::vector<DhatPoint>> read_dhat(std::string_view text);

/// What an operation allocates, and what it leaves behind (kind "left"): the counts of a process
/// that ran `operations` more, less those of `few`. Stacks without a difference are left out; most
/// blocks first. Pure.
[[nodiscard]] std::vector<ToolFinding> dhat_slopes(const std::vector<DhatPoint>& few,
                                                   const std::vector<DhatPoint>& more,
                                                   double operations);

}  // namespace pulsebench::profile
