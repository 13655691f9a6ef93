#pragma once

// The kernel's header first: libpfm's own copy of it is older, and the two do not mix.
#include <linux/perf_event.h>
// clang-format off
#include <perfmon/pfmlib.h>
#include <perfmon/pfmlib_perf_event.h>
// clang-format on

namespace pulsebench::counters {

/// The functions of libpfm that are called here. It is loaded when the first event is asked for:
/// its tables of every CPU's events have 41,000 addresses to relocate, which a suite that counts
/// nothing would pay for at each launch.
struct Libpfm {
  decltype(&pfm_initialize) initialize;
  decltype(&pfm_strerror) strerror;
  decltype(&pfm_get_os_event_encoding) get_os_event_encoding;
  decltype(&pfm_get_pmu_info) get_pmu_info;
  decltype(&pfm_get_event_info) get_event_info;
  decltype(&pfm_get_event_next) get_event_next;
};

/// Null where it is not installed or cannot be started; the first call loads it.
[[nodiscard]] const Libpfm* libpfm();

}  // namespace pulsebench::counters
