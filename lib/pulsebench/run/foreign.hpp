#pragma once

#include <string>
#include <vector>

#include "pulsebench/run/process.hpp"
#include "pulsebench/vocabulary/sample.hpp"

/// A Google Benchmark program that was not built for pulsebench, unmodified: one process a launch,
/// its own repetitions for slices.
namespace pulsebench::run {

/// Repetitions of a launch, and the least seconds of each.
inline constexpr int kForeignRepetitions = 12;
inline constexpr const char* kForeignMinTime = "0.0003";
/// What a launch of the two takes, with Google Benchmark's own search for a batch.
inline constexpr double kForeignVisitSeconds = 0.006;

/// The names it prints for `--benchmark_list_tests`. Fails where it exits with another code than 0,
/// names nothing, or prints a line that cannot be a name: a benchmark is never left out in silence.
[[nodiscard]] tl::expected<std::vector<std::string>, ProcessFailure> foreign_names(
    ProcessSpec spec);

/// Starts one launch of the benchmark that it prints as `name`. It is held before it measures:
/// Google Benchmark opens its report first, so that what comes before that (loading, what main
/// does) is not part of the visit.
[[nodiscard]] tl::expected<Process, ProcessFailure> begin_foreign(ProcessSpec spec,
                                                                  const std::string& name);

/// Lets it measure, and reads its report.
[[nodiscard]] tl::expected<Visit, ProcessFailure> foreign_visit(Process process);

}  // namespace pulsebench::run
