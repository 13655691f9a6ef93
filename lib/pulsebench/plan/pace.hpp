#pragma once

#include <chrono>

#include "pulsebench/plan/sampling.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"

namespace pulsebench::plan {

/// Purpose of a visit: a launch of `run`, or a side of a block of `ab`.
enum class Occasion { launch, block };

/// Length of a visit and of its warm-up.
struct Pace {
  std::chrono::nanoseconds visit{0}, warm_up{0};
};

/// Visits of a block are short, because many of them decide. With several threads they are as long
/// as in a run: the threads have to start, and the scheduler needs time to be fair.
[[nodiscard]] Pace pace_of(const Sampling& sampling, Occasion occasion, int threads);

/// Reduces the number of slices from a launch's visit to a block's; `min_slices` at least.
[[nodiscard]] Batching for_a_block(Batching batching, const Sampling& sampling, int threads);

/// Makes fewer and larger slices, so that `percent` of a slice's operations is an integer to within
/// 3 %: a low quantile does not see work that is in some slices only. Returns `batching` unchanged
/// if that takes more than four times the operations.
[[nodiscard]] Batching with_whole_injection(Batching batching, double percent, int min_slices);

}  // namespace pulsebench::plan
