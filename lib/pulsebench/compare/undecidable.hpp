#pragma once

#include <map>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/config/config.hpp"

namespace pulsebench::compare {

/// A benchmark that no comparison of stored results can call unchanged.
struct Undecidable {
  BenchmarkId id;
  RunSigma sigma;
  Percent threshold;
};

/// Those of `run` for which T is too large whatever their launches say: √2 σ_run · 1.645 is beyond
/// ln(1 + threshold), by the σ_run that was learnt (`docs/design/verdict.md` (ii)).
[[nodiscard]] std::vector<Undecidable> undecidable(
    const baseline::Document& run, const config::Config& config,
    const std::map<BenchmarkId, RunSigma>& run_sigma);

}  // namespace pulsebench::compare
