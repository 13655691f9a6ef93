#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
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

/// A slice in ten disturbed is worth a mark: below, medians of low quantiles do not notice.
inline constexpr double kDisturbedWorthAMark = 10.0;

/// How much of a measurement was disturbed, and by what. Slices last equally long, so their share
/// is a share of the time.
struct Disturbance {
  int launches = 0, slices = 0, disturbed = 0;
  int waited = 0, preempted = 0, faulted = 0, slowed = 0;  ///< slices, by cause
  int crowded = 0, stolen = 0;                             ///< launches

  /// Of the slices, in per cent.
  [[nodiscard]] Percent share() const;

  /// "2.5 % preempted", the causes that are worth a line: one slice in a hundred, or one launch in
  /// ten.
  [[nodiscard]] std::vector<std::string> causes() const;
};

/// Of all these results together. Pure.
[[nodiscard]] Disturbance disturbance_of(std::span<const baseline::BenchmarkResult> results);

/// The verdict of a run: "tier 0: 17 of 17 within target; noise at most 0.8 %". What was
/// interrupted or has no measurement comes first, too few launches last. Pure.
[[nodiscard]] render::Headline run_headline(const baseline::Document& document,
                                            const TierDemands& demands);

/// The hardware class that the targets are of, as in "cpu_only"; empty where the result has no
/// target or does not record the class.
[[nodiscard]] std::string hardware_of_targets(const baseline::Document& document);

/// What stands below the figures: a line for each benchmark without a measurement, warnings, the
/// facts of the run, what benchmarks say of themselves, and what could not be counted.
[[nodiscard]] std::vector<render::Block> run_notes(const baseline::Document& document,
                                                   const TierDemands& demands);

/// How the figures of a soak test went while its server lived, a line each; those that became worse
/// have a mark.
[[nodiscard]] std::vector<render::Block> growth_notes(const baseline::Document& document);

/// What was counted beside the time; a cell is empty where there is no count, and `not_counted` has
/// the reasons. Of the event of that name; nothing where it was not counted.
[[nodiscard]] std::optional<double> count_of(const baseline::BenchmarkResult& result,
                                             std::string_view event);

/// Instructions per operation, the exact ones where they were counted (with a ~ where operations
/// differ in them), and per cycle.
[[nodiscard]] render::Cell instructions_of(const baseline::BenchmarkResult& result);
[[nodiscard]] render::Cell instructions_per_cycle_of(const baseline::BenchmarkResult& result);

/// Misses of the first-level data cache and of the last level per operation: "0.12/0".
[[nodiscard]] render::Cell misses_of(const baseline::BenchmarkResult& result);

/// Allocations per operation.
[[nodiscard]] render::Cell allocations_of(const baseline::BenchmarkResult& result);

/// A line for each reason: "not counted: cycles, instructions and 5 more: this VM exposes ...". It
/// is a detail where nobody asked for the counts.
[[nodiscard]] std::vector<render::Paragraph> not_counted(const baseline::Document& document);

}  // namespace pulsebench::report
