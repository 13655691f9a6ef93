#pragma once

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::report {

/// How a result stands to the bound its design set.
enum class TargetVerdict {
  met,           ///< the whole interval is at or below the target
  missed,        ///< the whole interval is above it
  cannot_tell,   ///< the target lies inside the interval, or there is no interval
  no_target,     ///< nothing to be held against
  not_measured,  ///< there is no value
};

/// Pure. What `--enforce-targets` asks: `missed` fails.
[[nodiscard]] TargetVerdict target_verdict(const baseline::BenchmarkResult& result);

}  // namespace pulsebench::report
