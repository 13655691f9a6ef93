#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/metric.hpp"

namespace pulsebench::run {

struct LoadWorkload;
struct Subject;

/// A metric, and how many of its unit a reported 1 is.
struct ReportedMetric {
  Metric metric;
  double scale = 1.0;
};

/// What the launches of a workload are, beside a program and how it is started. One launch measures
/// every metric.
struct Workload {
  std::vector<ReportedMetric> metrics;
  int exit_code = 0;  ///< of the program, where all is well
  /// Measures the program's time and memory from outside and reports them; empty: the program
  /// reports its own metrics.
  std::filesystem::path meter = {};
  std::shared_ptr<const LoadWorkload> load = {};  ///< a launch is a burst on a server instead
};

/// The subjects that one launch measures: those of one workload together, others alone. In the
/// order of the subjects.
[[nodiscard]] std::vector<std::vector<std::size_t>> launch_groups(
    const std::vector<Subject>& subjects);

}  // namespace pulsebench::run
