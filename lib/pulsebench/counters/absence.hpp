#pragma once

#include <linux/perf_event.h>

#include <string>

#include "pulsebench/counters/perf_sys.hpp"

namespace pulsebench::counters {

/// Reason, in one line, why the kernel refused an event with `error`, and the way out.
/// `counts_cycles`: this machine has hardware counters.
[[nodiscard]] std::string why_refused(int error, const perf_event_attr& event,
                                      const PerfSys& system, bool counts_cycles);

/// Reason why an opened event has no value: it never had a counter.
[[nodiscard]] std::string why_never_ran();

}  // namespace pulsebench::counters
