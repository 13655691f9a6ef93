#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/metric.hpp"
#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench::config {

enum class Effect;

/// How a workload is measured.
enum class WorkloadKind {
  command,  ///< a program's time and memory, from outside
  report    ///< the metrics that a program reports of itself
};

/// One figure of a workload, and how it is judged where not as its tier is.
struct MetricEntry {
  Metric metric;
  double scale = 1.0;  ///< of the metric's unit: what the program reports is so many of it
  std::optional<Percent> threshold = {};
  std::optional<Effect> effect = {};
};

/// A workload of the project. Its words may have placeholders: `{build}`, `{scratch}`, and the name
/// of each parameter.
struct WorkloadEntry {
  std::string name;  ///< the beginning of the ids of its metrics
  WorkloadKind kind = WorkloadKind::command;
  std::vector<std::string> command =
      {};  ///< the program, by its path or its name, and its arguments
  /// Each combination of their values is measured: `cli/pack/level:9`.
  std::vector<std::pair<std::string, std::vector<std::string>>> parameters = {};
  std::vector<MetricEntry> metrics = {};
  std::vector<std::string> environment = {};  ///< "NAME=value"
  std::string working_directory = {};         ///< relative to the root; empty: that of pulsebench
  std::optional<std::chrono::milliseconds> time_limit = {};  ///< of a launch
  std::optional<Tier> tier = {};                             ///< else the default tier
  std::vector<std::string> needs = {};  ///< files without which it is skipped, with this reason
  std::string needed = {};  ///< what it requires; not empty: its program may be missing, too
  int exit_code = 0;        ///< of the program, where all is well
};

/// The figures of a command, those that are measured unasked first. Resident memory and page faults
/// are nearly exact, so that 2 % of the memory count.
[[nodiscard]] const std::vector<MetricEntry>& command_metrics();
inline constexpr std::size_t kUsualCommandMetrics = 3;  ///< wall, cpu, max_rss

}  // namespace pulsebench::config

namespace pulsebench {

template <>
inline constexpr std::array<Named<config::WorkloadKind>, 2> kNames<config::WorkloadKind>{
    {{config::WorkloadKind::command, "command"}, {config::WorkloadKind::report, "report"}}};

}  // namespace pulsebench
