#pragma once

#include <linux/perf_event.h>

#include <string>
#include <vector>

#include "pulsebench/counters/perf_sys.hpp"
#include "pulsebench/vocabulary/counts.hpp"

namespace pulsebench::counters {

/// Why the kernel refused an event with `error`, and the way out, in one line. `counts_cycles` says
/// whether this machine has any hardware counter at all.
[[nodiscard]] std::string why_refused(int error, const perf_event_attr& event,
                                      const PerfSys& system, bool counts_cycles);

/// Why an event that was opened has no value: it never had a counter.
[[nodiscard]] std::string why_never_ran();

/// Each of `names` without a value, for one reason.
[[nodiscard]] std::vector<Counter> not_counted(const std::vector<std::string>& names,
                                               const std::string& reason);

}  // namespace pulsebench::counters
