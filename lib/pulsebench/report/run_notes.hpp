#pragma once

#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/page.hpp"
#include "pulsebench/report/run_page.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench::report {

[[nodiscard]] inline bool measured(const baseline::BenchmarkResult& result) {
  return result.outcome.status == Status::ok && result.value.has_value();
}

[[nodiscard]] render::Mark mark_of(compare::TargetVerdict verdict);

/// A tier whose benchmarks had fewer launches than it requires.
struct ShortTier {
  Tier tier;
  int launches, demanded;
};

[[nodiscard]] std::vector<ShortTier> short_tiers(const baseline::Document& document,
                                                 const TierDemands& demands);

/// What stands below the figures: a line for each benchmark without a measurement, warnings, the
/// facts of the run, what benchmarks say of themselves, and what could not be counted.
[[nodiscard]] std::vector<render::Block> run_notes(const baseline::Document& document,
                                                   const TierDemands& demands);

}  // namespace pulsebench::report
