#pragma once

#include <string>
#include <vector>

#include "pulsebench/run/process.hpp"
#include "pulsebench/vocabulary/sample.hpp"

/// A Google Benchmark program that was not built for pulsebench, unmodified: one process a launch,
/// its own repetitions for slices.
namespace pulsebench::run {

/// Repetitions of a launch, and the least seconds of each.
inline constexpr int kForeignRepetitions = 10;
inline constexpr const char* kForeignMinTime = "0.001";
/// What a launch of the two takes, with Google Benchmark's own search for a batch.
inline constexpr double kForeignVisitSeconds = 0.016;

/// The names it prints for `--benchmark_list_tests`. Fails where it leaves with another exit code
/// than 0, or names nothing.
[[nodiscard]] tl::expected<std::vector<std::string>, ProcessFailure> foreign_names(
    ProcessSpec spec);

/// One launch of the benchmark that it prints as `name`.
[[nodiscard]] tl::expected<Visit, ProcessFailure> foreign_visit(ProcessSpec spec,
                                                                const std::string& name);

}  // namespace pulsebench::run
