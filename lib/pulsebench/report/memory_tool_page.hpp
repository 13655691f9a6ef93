#pragma once

#include "pulsebench/profile/tool_report.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// `report` outlives the page.
[[nodiscard]] render::Page memory_tool_page(const profile::ToolReport& report);

}  // namespace pulsebench::report
