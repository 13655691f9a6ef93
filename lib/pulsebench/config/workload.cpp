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

}  // namespace pulsebench::config
