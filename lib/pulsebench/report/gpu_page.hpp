#pragma once

#include "pulsebench/profile/gpu_report.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// `profile` outlives the page.
[[nodiscard]] render::Page gpu_page(const profile::GpuProfile& profile);

}  // namespace pulsebench::report
