#pragma once

#include <linux/perf_event.h>

#include <optional>

namespace pulsebench::counters {

/// What `getrusage(RUSAGE_THREAD)` and the thread's CPU clock say of a software event so far: the
/// way out where perf events are forbidden. Nothing for an event that they do not know.
[[nodiscard]] std::optional<double> usage_of(const perf_event_attr& event);

}  // namespace pulsebench::counters
