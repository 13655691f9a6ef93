#pragma once

#include <string>

#include "pulsebench/profile/cpu_profile.hpp"

namespace pulsebench::profile {

/// Returns a profile for `go tool pprof`, Speedscope, Pyroscope or Perfetto: profile.proto in gzip.
/// Each stack has its samples, and its share of an operation in nanoseconds.
/// Source: google/pprof, proto/profile.proto; Protocol Buffers, "Encoding".
[[nodiscard]] std::string pprof_of(const CpuProfile& profile);

}  // namespace pulsebench::profile
