#pragma once

#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/page.hpp"

/// Benchmarks as the formats show them that programs read.
namespace pulsebench::report {

/// A benchmark of a comparison passes or fails as it does for the exit code. A regression that
/// fails nothing wants attention, and so does a tier 0 benchmark that is inconclusive. Pure.
[[nodiscard]] std::vector<render::Case> cases_of(const compare::Comparison& comparison);

/// The same of a run. A missed target wants attention, or fails with `enforce_targets`. Pure.
[[nodiscard]] std::vector<render::Case> cases_of(const baseline::Document& document,
                                                 bool enforce_targets);

}  // namespace pulsebench::report
