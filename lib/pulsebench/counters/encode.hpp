#pragma once

#include <linux/perf_event.h>

#include <string>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::counters {

/// Encodes an event's name by libpfm, for a thread in user mode without its children. Software
/// events count in the kernel too, since switches and migrations happen there. `bad_input` with
/// libpfm's message if it does not know the name.
[[nodiscard]] Result<perf_event_attr> encode(const std::string& name);

[[nodiscard]] inline bool is_software(const perf_event_attr& event) {
  return event.type == PERF_TYPE_SOFTWARE;
}

}  // namespace pulsebench::counters
