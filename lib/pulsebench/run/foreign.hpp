#pragma once

#include <span>
#include <string>
#include <vector>

#include "pulsebench/run/process.hpp"
#include "pulsebench/vocabulary/sample.hpp"

/// Runs an unmodified Google Benchmark program: one process per launch, with its repetitions as
/// slices.
namespace pulsebench::run {

/// Most repetitions of a launch, where the name of the benchmark has `/repeats:N`.
inline constexpr int kMostForeignRepetitions = 1000;

/// What a program says of itself.
struct ForeignList {
  std::vector<std::string> names;  ///< as it prints them
  bool exits_with_count = false;   ///< main returns how many benchmarks ran, not 0
};

/// Reads the names that the program prints for `--benchmark_list_tests`. Fails if there is no name,
/// a line cannot be a name (no benchmark is omitted silently), or the exit code is neither 0 nor
/// the number of names, which `return benchmark::RunSpecifiedBenchmarks()` makes it.
[[nodiscard]] tl::expected<ForeignList, ProcessFailure> list_foreign(const ProcessSpec& spec);

/// Starts one launch of the benchmark `name` with the slices and the `min_time` of `batching`, and
/// holds it before it measures. Google Benchmark opens its report first, so loading and main's
/// other work are not part of the visit.
[[nodiscard]] tl::expected<Process, ProcessFailure> begin_foreign(ProcessSpec spec,
                                                                  const std::string& name,
                                                                  const Batching& batching);

/// Lets the process measure the benchmark `name`, and reads its report. `skipped` where the
/// benchmark skips itself. Fails where it has more repetitions than the `most` that were requested,
/// as two benchmarks of one name have, or exits with another code than 0, or 1 or 2 if it
/// `exits_with_count`.
[[nodiscard]] tl::expected<Visit, ProcessFailure> foreign_visit(Process process,
                                                                const std::string& name, int most,
                                                                bool exits_with_count);

/// Tags slices of a foreign program, which has no kernel counters, as preempted. Such a slice has a
/// wait (wall time less CPU time) above the usual wait by 2 % of a usual slice; usual values are 25
/// % quantiles, and a single slice has no usual wait. At most `involuntary_switches` slices are
/// tagged, the longest waits first: voluntary waits, for a lock or a disk, are the program's own
/// cost.
void tag_preempted(std::span<Slice> slices, long involuntary_switches);

}  // namespace pulsebench::run
