#pragma once

#include <linux/perf_event.h>

#include <optional>

namespace pulsebench::counters {

/// Value of a software event so far, from `getrusage(RUSAGE_THREAD)` and the thread's CPU clock:
/// used if perf events are forbidden. Absent for other events.
[[nodiscard]] std::optional<double> usage_of(const perf_event_attr& event);

}  // namespace pulsebench::counters
