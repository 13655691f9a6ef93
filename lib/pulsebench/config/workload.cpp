#include "pulsebench/config/workload.hpp"

namespace pulsebench::config {

const std::vector<MetricEntry>& command_metrics() {
  static const std::vector<MetricEntry> kMetrics{
      {.metric = {.name = "wall"}},
      {.metric = {.name = "cpu"}},
      {.metric = {.name = "max_rss", .unit = Unit::bytes}, .threshold = Percent{2}},
      {.metric = {.name = "user"}},
      {.metric = {.name = "system"}},
      {.metric = {.name = "minor_faults", .unit = Unit::count}, .threshold = Percent{2}},
      {.metric = {.name = "major_faults", .unit = Unit::count}}};
  return kMetrics;
}

const std::vector<MetricEntry>& load_metrics() {
  static const std::vector<MetricEntry> kMetrics{
      {.metric = {.name = "request_time"}},
      {.metric = {.name = "server_cpu"}},
      {.metric = {.name = "p50"}},
      {.metric = {.name = "p99"}},
      {.metric = {.name = "errors", .unit = Unit::count}},
      {.metric = {.name = "max_rss", .unit = Unit::bytes}},
      {.metric = {.name = "max_rate", .unit = Unit::per_second, .better = Better::higher}},
      {.metric = {.name = "recovery"}}};
  return kMetrics;
}

const std::vector<MetricEntry>& known_metrics(WorkloadKind kind) {
  static const std::vector<MetricEntry> kNone;
  switch (kind) {
    case WorkloadKind::command:
      return command_metrics();
    case WorkloadKind::load:
      return load_metrics();
    case WorkloadKind::report:
      break;
  }
  return kNone;
}

}  // namespace pulsebench::config
