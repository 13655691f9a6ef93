#pragma once

#include <map>
#include <span>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::compare {

/// Fewer runs of unchanged code than this say nothing of how far two runs lie apart.
inline constexpr int kFewestRunsToLearn = 5;

/// σ_run of `docs/design/verdict.md` (ii), learnt: for each benchmark of `like`, the SD of
/// ln(value) between stored runs of the same machine and the same binary of its suite, each with
/// the clock taken out that its reference kernel shows; pooled over binaries (so that a change of
/// the code is not taken for noise). A benchmark without 4 degrees of freedom (5 runs of one
/// binary, or as much of several) is left out. Incomplete runs, other versions and injected work do
/// not count. The order of `history` does not matter.
[[nodiscard]] std::map<BenchmarkId, RunSigma> learn_run_sigma(
    std::span<const baseline::Document> history, const baseline::Document& like);

}  // namespace pulsebench::compare
