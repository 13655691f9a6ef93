#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::fleet {

/// What a benchmark takes where nothing is known of any: the mean over the project's own suites of
/// both sides, start of the processes included, docs/measurements.md.
inline constexpr double kUnknownSeconds = 2.0;

/// Seconds that benchmarks took in the newest collected run of the spool folder. Empty where there
/// is none that can be read.
[[nodiscard]] std::map<BenchmarkId, double> seconds_of_last_run(const std::filesystem::path& spool);

/// Gives each benchmark the seconds that it took, and those which are not in `known` the median of
/// the others, marked as estimated. Pure.
void expect_seconds(std::vector<PlannedBenchmark>& benchmarks,
                    const std::map<BenchmarkId, double>& known);

}  // namespace pulsebench::fleet
