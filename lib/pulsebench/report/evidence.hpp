#pragma once

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/chart.hpp"

/// What a figure or a verdict rests on, for a format that shows more than a line. Pure.
namespace pulsebench::report {

/// The two results that were compared.
struct ComparedResults {
  const baseline::Document& base;
  const baseline::Document& candidate;
};

/// Of one benchmark: its launches, the distribution of its slices, and what else was recorded.
[[nodiscard]] render::Evidence evidence_of(const baseline::BenchmarkResult& result);

/// Of one verdict. `base` and `candidate` are the results of the benchmark on both sides; null
/// where there is none, or only the verdict is known.
[[nodiscard]] render::Evidence evidence_of(const compare::Judged& judged, double interval_level,
                                           const baseline::BenchmarkResult* base,
                                           const baseline::BenchmarkResult* candidate);

}  // namespace pulsebench::report
