#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/report/dashboard.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench::report {

/// A slice in ten disturbed is worth a mark: below, medians of low quantiles do not notice.
inline constexpr double kDisturbedWorthAMark = 10.0;

[[nodiscard]] inline bool measured(const baseline::BenchmarkResult& result) {
  return result.outcome.status == Status::ok && result.value.has_value();
}

/// "crashed", "measured nothing", ...
[[nodiscard]] const char* name_of(Status status);

/// A tier whose benchmarks had fewer launches than it asks for.
struct ShortTier {
  Tier tier;
  int launches, demanded;
};

[[nodiscard]] std::vector<ShortTier> short_tiers(const baseline::Document& document,
                                                 const TierDemands& demands);

/// Disturbed slices of a result in per cent of its slices.
[[nodiscard]] Percent disturbed_share(const baseline::BenchmarkResult& result);

/// One line a benchmark without a measurement: name, and why.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> failures(
    const baseline::Document& document);

/// What the reader of the figures has to know: too few launches, spread above what the tier
/// allows, work injected. One line each.
[[nodiscard]] std::vector<std::string> warnings(const baseline::Document& document,
                                                const TierDemands& demands);

/// What limits figures, and what benchmarks say of themselves: "cgroup v1: isolation/create and 4
/// more". One line for all that share it, in the order of the benchmarks.
[[nodiscard]] std::vector<std::string> labels_and_limits(const baseline::Document& document);

/// The facts of the run: time, share in visits, slices, preset, seed, machine.
[[nodiscard]] std::vector<std::string> facts(const baseline::Document& document);

/// "pulsebench run, main 1a2b3c4d5 with uncommitted changes".
[[nodiscard]] std::string run_title(const baseline::Document& document);

}  // namespace pulsebench::report
