#pragma once

#include "pulsebench/profile/gpu_tool_report.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// `report` outlives the page.
[[nodiscard]] render::Page gpu_tool_page(const profile::GpuToolReport& report);

}  // namespace pulsebench::report
