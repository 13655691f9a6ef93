#pragma once

#include <functional>

#include "pulsebench/run/process.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/sample.hpp"

/// Finds how many repetitions of which length a visit of a foreign program has.
namespace pulsebench::run {

/// Most repetitions of a visit.
inline constexpr int kForeignRepetitions = 12;

/// Batching of a benchmark, and the time of its visits.
struct Calibration {
  Batching batching;
  double visit_seconds = 0.0;  ///< with the warm-up

  /// About: the warm-up counts.
  [[nodiscard]] double ns_per_op() const {
    return visit_seconds * 1e9 / (static_cast<double>(batching.operations) * batching.slices);
  }
};

/// Takes a visit of `slices` repetitions of at least `min_time` seconds.
using TakeRepetitions =
    std::function<tl::expected<Visit, ProcessFailure>(int slices, double min_time)>;

/// Compares repetitions of 0.3 ms with one of 10 ms, which shows what a short one cannot: how much
/// of it is the first iteration's cost (a thread that starts, memory that is touched first), and
/// costs that come every so many iterations. While they differ, repetitions become longer, up to
/// 0.3 s: so long that a first iteration's cost adds at most a tenth, or ten times as long. A
/// repetition is as long as its set-up, up to 2 ms. There are fewer repetitions where one takes
/// long, because of its set-up or of its single iteration. Fails as `take` does, or where the cost
/// still depends on the length: then no figure stands for the code. `least` is the shortest
/// repetition, in seconds, that may be found: what the other side needs.
[[nodiscard]] tl::expected<Calibration, ProcessFailure> calibrate_foreign(
    const TakeRepetitions& take, double least = 0.0);

/// Cost of an operation in a calibration: the mean of the slices, by CPU time where a slice was
/// preempted.
[[nodiscard]] double calibrated_cost(const Visit& visit);

}  // namespace pulsebench::run
