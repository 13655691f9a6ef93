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
  report,   ///< the metrics that a program reports of itself
  load      ///< a server, under requests that come in profiles
};

/// One figure of a workload, and how it is judged where not as its tier is.
struct MetricEntry {
  Metric metric;
  double scale = 1.0;  ///< of the metric's unit: what the program reports is so many of it
  std::optional<Percent> threshold = {};
  std::optional<Effect> effect = {};
};

/// What a workload of load adds: its server is the command. Texts may also have `{port.NAME}` and
/// `{socket.NAME}`.
struct LoadEntry {
  std::string ready = {};  ///< a URL that answers when the server is ready
  std::chrono::milliseconds ready_within{5000};
  std::string stop_signal = "TERM";
  std::chrono::milliseconds stop_within{2000};
  int fresh_every_blocks = 8;  ///< so many blocks are measured on one start of the servers
  std::string address = {};    ///< of the requests; empty: that of `ready`
  std::string method = "GET", path = "/", body = {};
  std::string body_file = {};  ///< relative to the root; instead of `body`
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::vector<std::string> profiles = {};  ///< of `load::profiles`, by their names
  int status = 200;                        ///< of a right answer
  std::string body_contains = {};
  std::optional<double> p99_ms = {}, error_rate = {}, max_rss_mb = {};  ///< targets
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
  LoadEntry load = {};      ///< of the kind `load`
};

/// The figures of a command, those that are measured unasked first. Resident memory and page faults
/// are nearly exact, so that 2 % of the memory count.
[[nodiscard]] const std::vector<MetricEntry>& command_metrics();
inline constexpr std::size_t kUsualCommandMetrics = 3;  ///< wall, cpu, max_rss

/// The figures of a server under load. Each profile has some of them.
[[nodiscard]] const std::vector<MetricEntry>& load_metrics();

/// The figures that a workload of this kind may have; empty if the program reports its own.
[[nodiscard]] const std::vector<MetricEntry>& known_metrics(WorkloadKind kind);

}  // namespace pulsebench::config

namespace pulsebench {

template <>
inline constexpr std::array<Named<config::WorkloadKind>, 3> kNames<config::WorkloadKind>{
    {{config::WorkloadKind::command, "command"},
     {config::WorkloadKind::report, "report"},
     {config::WorkloadKind::load, "load"}}};

}  // namespace pulsebench
