#pragma once

#include <string>
#include <vector>

#include "pulsebench/counters/perf_sys.hpp"

namespace pulsebench::counters {

/// One event, and whether it can be counted here.
struct KnownEvent {
  std::string name;
  bool opens = false;
  std::string reason = {};  ///< why it does not open, or by what way it is counted
};

/// A unit that counts, as libpfm sees it on this machine.
struct KnownUnit {
  std::string name, description;
  std::vector<KnownEvent> events;
};

/// Each of `names`, tried.
[[nodiscard]] std::vector<KnownEvent> try_events(PerfSys& system,
                                                 const std::vector<std::string>& names);

/// Every event that libpfm knows of the units that it found, tried without unit masks.
[[nodiscard]] std::vector<KnownUnit> known_units(PerfSys& system);

}  // namespace pulsebench::counters
