#pragma once

#include "pulsebench/profile/cpu_profile.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// Where a benchmark spends its time: a table of functions or lines, the hottest first, and a flame
/// graph. The profile is copied into what the page makes later.
[[nodiscard]] render::Page cpu_profile_page(const profile::CpuProfile& profile, profile::SpotsBy by,
                                            int exit_code);

}  // namespace pulsebench::report
