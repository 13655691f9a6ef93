#pragma once

#include <linux/perf_event.h>

#include <string>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::counters {

/// What libpfm makes of an event's name, for the user's part of a thread without its children. A
/// software event counts in the kernel too: switches and migrations happen there and would read 0.
/// `bad_input` with libpfm's words where it does not know the name.
[[nodiscard]] Result<perf_event_attr> encode(const std::string& name);

[[nodiscard]] inline bool is_software(const perf_event_attr& event) {
  return event.type == PERF_TYPE_SOFTWARE;
}

}  // namespace pulsebench::counters
