#pragma once

#include "pulsebench/run/process.hpp"
#include "pulsebench/run/workload.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/sample.hpp"

/// Programs that report metrics of their own: one process a launch, one line of JSON.
namespace pulsebench::run {

/// Runs the program to its end, and takes the metrics that it reports: on descriptor 4 where it
/// writes there, else in the last line of its stdout. `{scratch}` in an argument is a fresh folder,
/// which is removed afterwards. Fails where it exits with another code than the workload's, reports
/// no metric, or one that the workload does not have.
[[nodiscard]] tl::expected<Visit, ProcessFailure> report_visit(ProcessSpec spec,
                                                               const Workload& workload);

/// The part of a launch that stands for one metric: its values are the slices, and its time is an
/// equal share of the launch's. `failed` where the
/// launch did not report it, or it is not above zero; a count may be zero.
[[nodiscard]] tl::expected<Visit, ProcessFailure> visit_of(const Visit& launch,
                                                           const Metric& metric);

/// The part of a launch that stands for the benchmark `info`. Where that is no metric it is all of
/// the launch, which is moved from.
[[nodiscard]] tl::expected<Visit, ProcessFailure> visit_for(const BenchmarkInfo& info,
                                                            Visit& launch);

}  // namespace pulsebench::run
