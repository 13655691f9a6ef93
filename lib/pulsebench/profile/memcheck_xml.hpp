#pragma once

#include <string_view>
#include <vector>

#include "pulsebench/profile/tool_finding.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// Reads what memcheck says of leaks, by `--xml=yes`: their kind ("definitely lost"), blocks, bytes
/// and stack, most bytes first. Other errors are left out. `bad_input` where the text is none.
/// Source of the format: docs/internals/xml-output-protocol4.txt of valgrind.
[[nodiscard]] Result<std::vector<ToolFinding>> read_memcheck_xml(std::string_view text);

}  // namespace pulsebench::profile
