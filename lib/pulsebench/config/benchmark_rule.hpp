#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/config/config.hpp"

namespace pulsebench::config {

/// The first rule of the configuration whose expression matches a part of `id`; null where none
/// does.
[[nodiscard]] const BenchmarkRule* rule_for(const std::string& id, const Config& config);

/// Rules for the metrics of a workload that are judged otherwise than its tier is.
[[nodiscard]] std::vector<BenchmarkRule> rules_of(const WorkloadEntry& workload);

/// The bounds of the benchmark `id`: of its entry in `targets`, else of its rule. Empty where
/// neither has one.
[[nodiscard]] std::optional<Target> target_of(const std::string& id, const Config& config,
                                              const Targets& targets);

}  // namespace pulsebench::config
