#pragma once

#include <chrono>

#include "pulsebench/config/config.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"

namespace pulsebench::plan {

/// Lengths of a slice, a visit and a warm-up, from the configuration.
using config::Sampling;

/// Purpose of a visit: a launch of `run`, or a side of a block of `ab`.
enum class Occasion { launch, block };

/// Length of a visit and of its warm-up.
struct Pace {
  std::chrono::nanoseconds visit{0}, warm_up{0};
};

/// Visits of a block are short, because many of them decide. With several threads they are as long
/// as in a run: the threads have to start, and the scheduler needs time to be fair.
[[nodiscard]] Pace pace_of(const Sampling& sampling, Occasion occasion, int threads);

/// Seconds of a launch of `run`: its visit, which has the configured length where `visit_seconds`
/// is 0, start and exit of the process, and the pipe.
[[nodiscard]] double launch_seconds(const Sampling& sampling, double visit_seconds = 0.0);

/// Reduces the number of slices from a launch's visit to a block's; `min_slices` at least.
[[nodiscard]] Batching for_a_block(Batching batching, const Sampling& sampling, int threads);

/// Makes fewer and larger slices, so that `percent` of a slice's operations is an integer to within
/// 3 %: a low quantile does not see work that is in some slices only. Returns `batching` unchanged
/// if that takes more than four times the operations.
[[nodiscard]] Batching with_whole_injection(Batching batching, double percent, int min_slices);

/// Limit on the blocks of a benchmark without a verdict. After `enough_blocks`, which usually
/// decide, it continues until `enough_seconds`: a block takes a few milliseconds, or many for a
/// slow benchmark.
struct Effort {
  int most_blocks = 256;
  int enough_blocks = 128;      ///< after so many it ends, but not before
  double enough_seconds = 3.0;  ///< so much time

  /// True if there is no block after `blocks`, which took `seconds`.
  [[nodiscard]] constexpr bool spent(int blocks, double seconds) const {
    return blocks >= most_blocks || (blocks >= enough_blocks && seconds >= enough_seconds);
  }
};

/// A fixed number of blocks, regardless of time.
[[nodiscard]] constexpr Effort exactly(int blocks) {
  return {.most_blocks = blocks, .enough_blocks = blocks};
}

}  // namespace pulsebench::plan
