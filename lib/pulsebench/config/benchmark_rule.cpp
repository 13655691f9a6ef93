#include "pulsebench/config/benchmark_rule.hpp"

#include <algorithm>

namespace pulsebench::config {

const BenchmarkRule* rule_for(const std::string& id, const Config& config) {
  const auto found = std::ranges::find_if(config.benchmarks, [&](const BenchmarkRule& rule) {
    return std::regex_search(id, rule.expression);
  });
  return found == config.benchmarks.end() ? nullptr : &*found;
}

std::optional<Target> target_of(const std::string& id, const Config& config,
                                const Targets& targets) {
  if (const auto found = targets.find(id); found != targets.end()) return found->second;
  const BenchmarkRule* rule = rule_for(id, config);
  if (rule == nullptr || (!rule->target && !rule->allocations)) return std::nullopt;
  return Target{.cost = rule->target, .allocations = rule->allocations};
}

}  // namespace pulsebench::config
