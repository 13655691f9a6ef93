#pragma once

#include "pulsebench/profile/memory_report.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// `report` outlives the page.
[[nodiscard]] render::Page memory_page(const profile::MemoryReport& report, int exit_code);

}  // namespace pulsebench::report
