#pragma once

#include <string>
#include <vector>

#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// One event that can be asked for, and whether it is counted here.
struct EventLine {
  std::string name;
  bool counted = false;
  std::string note = {};  ///< why it is not, or by what way it is
};

/// A unit that counts, as libpfm knows it.
struct UnitLine {
  std::string name, description;
  std::vector<EventLine> events;
};

/// What `run` counts by default, and whether it is counted here, then the units that libpfm knows;
/// `all` lists the events of each. The document always has every event: schema id
/// `pulsebench-counters`, version 1.
[[nodiscard]] render::Page counters_page(const std::vector<EventLine>& usual,
                                         const std::vector<UnitLine>& units, bool all);

}  // namespace pulsebench::report
