#pragma once

#include "pulsebench/profile/tool_report.hpp"
#include "pulsebench/session/memory_profile.hpp"

namespace pulsebench::session {

/// Runs one benchmark under another tool and reads what it wrote. `against` and `gates` of the
/// request do not matter. DHAT counts two processes of a suite, one with twice the operations of
/// the other; everything else is of one whole process. `not_found` with the package where the tool
/// is not installed, `child_failed` where the benchmark does not run under it.
[[nodiscard]] Result<profile::ToolReport> profile_memory_with(const Session& session,
                                                              const MemoryRequest& request,
                                                              profile::MemoryTool tool);

}  // namespace pulsebench::session
