#pragma once

#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::compare {

/// What was counted on both sides and moved for the worse or better by more than its noise: exact
/// instructions and allocations by any amount; bytes allocated, their peak and sampled events by
/// more than 10 % and one in a hundred operations. Exact instructions are there also where they are
/// the same.
[[nodiscard]] std::vector<CountChange> counts_of(const baseline::BenchmarkResult& base,
                                                 const baseline::BenchmarkResult& candidate);

/// The change of exact instructions, where every operation took the same number on both sides, by
/// one way of counting: nothing else is exact enough to gate on.
[[nodiscard]] std::optional<Percent> exact_change(const baseline::BenchmarkResult& base,
                                                  const baseline::BenchmarkResult& candidate);

/// What moved, and that it decides what the time left open. Empty where nothing did. Pure.
[[nodiscard]] std::vector<Reason> explain(const Judged& judged);

/// What an operation goes through on each side, for the throughput. Where that is not the same, it
/// is another operation, which counts as what moved.
void note_processed(const Processed& base, const Processed& candidate, Judged& judged);

/// Labels a regression with the very same instructions. Again after a verdict was settled live.
void note_layout(Judged& judged);

/// Adds the warning that the time did not change and the counts did, where that is so. Again after
/// a verdict was settled live.
void warn_of_counts(const Judged& judged, Comparison& comparison);

/// Takes the counts of the two sides into `judged`, whose time is judged: they may turn an
/// inconclusive verdict (docs/methodology.md), and label a regression.
void judge_counts(const baseline::BenchmarkResult& base, const baseline::BenchmarkResult& candidate,
                  Judged& judged);

}  // namespace pulsebench::compare
