#pragma once

#include <vector>

#include "pulsebench/counters/catalogue.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// What `run` counts by default, and whether it is counted here, then the units that libpfm knows;
/// `all` lists the events of each. The document always has every event: schema id
/// `pulsebench-counters`, version 1.
[[nodiscard]] render::Page counters_page(const std::vector<counters::KnownEvent>& usual,
                                         const std::vector<counters::KnownUnit>& units, bool all);

}  // namespace pulsebench::report
