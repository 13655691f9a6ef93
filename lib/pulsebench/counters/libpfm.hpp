#pragma once

// The kernel's header first: libpfm has an older copy, and the two conflict.
#include <linux/perf_event.h>
// clang-format off
#include <perfmon/pfmlib.h>
#include <perfmon/pfmlib_perf_event.h>
// clang-format on

namespace pulsebench::counters {

/// Functions of libpfm. The library is loaded at the first event: its tables have 41,000 addresses
/// to relocate, which would slow each launch of a suite that counts nothing.
struct Libpfm {
  decltype(&pfm_initialize) initialize;
  decltype(&pfm_strerror) strerror;
  decltype(&pfm_get_os_event_encoding) get_os_event_encoding;
  decltype(&pfm_get_pmu_info) get_pmu_info;
  decltype(&pfm_get_event_info) get_event_info;
  decltype(&pfm_get_event_next) get_event_next;
};

/// Loads libpfm at the first call; null if it is not installed or cannot be initialized.
[[nodiscard]] const Libpfm* libpfm();

}  // namespace pulsebench::counters
