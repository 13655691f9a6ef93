#pragma once

#include <string>
#include <vector>

#include "pulsebench/render/style.hpp"

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

/// What `run` counts by default with what comes of it, then the units that libpfm knows; `all`
/// lists the events of each. Pure.
[[nodiscard]] std::string counters_text(const std::vector<EventLine>& usual,
                                        const std::vector<UnitLine>& units, bool all,
                                        const render::Style& style);

/// The same for programs, always every event. Schema id `pulsebench-counters`, version 1. Pure.
[[nodiscard]] std::string counters_json(const std::vector<EventLine>& usual,
                                        const std::vector<UnitLine>& units);

}  // namespace pulsebench::report
