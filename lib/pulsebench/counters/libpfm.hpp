#pragma once

// The kernel's header first: libpfm's own copy of it is older, and the two do not mix.
#include <linux/perf_event.h>
// clang-format off
#include <perfmon/pfmlib.h>
#include <perfmon/pfmlib_perf_event.h>
// clang-format on

namespace pulsebench::counters {

/// Whether libpfm could be started; the first call does it.
[[nodiscard]] inline bool libpfm_is_up() {
  static const bool up = pfm_initialize() == PFM_SUCCESS;
  return up;
}

}  // namespace pulsebench::counters
