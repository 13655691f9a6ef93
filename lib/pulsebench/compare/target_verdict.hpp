#pragma once

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::compare {

/// How a result stands to the bound its design set.
enum class TargetVerdict {
  met,     ///< the whole interval is at or below the target, and it allocates no more than it may
  missed,  ///< the whole interval is above it, or it allocates more than it may
  cannot_tell,   ///< the target lies inside the interval, there is none, or allocations were not
                 ///< counted
  no_target,     ///< the design set no bound
  not_measured,  ///< there is no value
};

/// Whether it was seen to take more from the heap than its design allows.
[[nodiscard]] bool allocates_too_much(const baseline::BenchmarkResult& result);

/// Pure. What `--enforce-targets` asks: `missed` fails.
[[nodiscard]] TargetVerdict target_verdict(const baseline::BenchmarkResult& result);

}  // namespace pulsebench::compare
