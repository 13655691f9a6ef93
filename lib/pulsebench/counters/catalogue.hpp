#pragma once

#include <string>
#include <vector>

namespace pulsebench::counters {

class PerfSys;

/// An event, and whether it can be counted on this machine.
struct KnownEvent {
  std::string name;
  bool opens = false;
  std::string reason = {};  ///< why it does not open, or how it is counted
};

/// A counting unit that libpfm finds on this machine.
struct KnownUnit {
  std::string name, description;
  std::vector<KnownEvent> events;
};

/// Tries to count each of `names`.
[[nodiscard]] std::vector<KnownEvent> try_events(PerfSys& system,
                                                 const std::vector<std::string>& names);

/// Tries every event of the units that libpfm finds, without unit masks.
[[nodiscard]] std::vector<KnownUnit> known_units(PerfSys& system);

/// The names of these events, "unit::EVENT". None of them is tried.
[[nodiscard]] std::vector<std::string> event_names();

}  // namespace pulsebench::counters
