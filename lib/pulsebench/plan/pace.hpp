#pragma once

#include <chrono>

#include "pulsebench/plan/sampling.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"

namespace pulsebench::plan {

/// What a visit is taken for: a launch of `run`, or a side of a block of `ab`.
enum class Occasion { launch, block };

/// How long a visit is, and the warm-up before it.
struct Pace {
  std::chrono::nanoseconds visit{0}, warm_up{0};
};

/// Visits of a block are short, because many of them decide. But with several threads they are as
/// long as in a run: threads have to come together, and the scheduler to be fair to them.
[[nodiscard]] Pace pace_of(const Sampling& sampling, Occasion occasion, int threads);

/// The same batch, as many of them as a block's visit has room for where `batching` fills a
/// launch's; `min_slices` at least.
[[nodiscard]] Batching for_a_block(Batching batching, const Sampling& sampling, int threads);

/// Slices of more operations, and fewer of them, such that `percent` of a slice's operations is a
/// whole number as far as 3 % of it: work that is in some slices only is not seen by their low
/// quantile. As it is where that takes more than four times the operations.
[[nodiscard]] Batching with_whole_injection(Batching batching, double percent, int min_slices);

}  // namespace pulsebench::plan
