#include "pulsebench/config/benchmark_rule.hpp"

#include <algorithm>
#include <string_view>

namespace pulsebench::config {
namespace {

/// An expression that matches the text alone.
std::string verbatim(const std::string& text) {
  std::string expression;
  for (const char c : text) {
    if (std::string_view{"\\^$.|?*+()[]{}"}.find(c) != std::string_view::npos) expression += '\\';
    expression += c;
  }
  return expression;
}

}  // namespace

const BenchmarkRule* rule_for(const std::string& id, const Config& config) {
  const auto found = std::ranges::find_if(config.benchmarks, [&](const BenchmarkRule& rule) {
    return std::regex_search(id, rule.expression);
  });
  return found == config.benchmarks.end() ? nullptr : &*found;
}

std::vector<BenchmarkRule> rules_of(const WorkloadEntry& workload) {
  std::vector<BenchmarkRule> rules;
  for (const MetricEntry& figure : workload.metrics) {
    if (!figure.threshold && !figure.effect) continue;
    BenchmarkRule& rule = rules.emplace_back();
    rule.match = "^" + verbatim(workload.name) + "(/.*)?:" + verbatim(figure.metric.name) + "$";
    rule.expression = std::regex{rule.match};
    rule.threshold = figure.threshold;
    rule.effect = figure.effect;
  }
  return rules;
}

std::optional<Target> target_of(const std::string& id, const Config& config,
                                const Targets& targets) {
  if (const auto found = targets.find(id); found != targets.end()) return found->second;
  const BenchmarkRule* rule = rule_for(id, config);
  if (rule == nullptr || (!rule->target && !rule->allocations)) return std::nullopt;
  return Target{.cost = rule->target, .allocations = rule->allocations};
}

}  // namespace pulsebench::config
