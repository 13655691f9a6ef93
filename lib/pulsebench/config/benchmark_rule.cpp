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

/// The limit that a service-level agreement sets to a metric of each profile.
std::optional<Cost> target_of(const std::string& metric, const LoadEntry& load) {
  if (metric == "p99" && load.p99_ms) return Cost{*load.p99_ms * 1e6};
  if (metric == "max_rss" && load.max_rss_mb) return Cost{*load.max_rss_mb * 1e6, Unit::bytes};
  if (metric == "errors" && load.error_rate) return Cost{*load.error_rate * 1e6, Unit::count};
  return std::nullopt;
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
    const std::optional<Cost> target = target_of(figure.metric.name, workload.load);
    if (!figure.threshold && !figure.effect && !target) continue;
    BenchmarkRule& rule = rules.emplace_back();
    rule.match = "^" + verbatim(workload.name) + "(/.*)?:" + verbatim(figure.metric.name) + "$";
    rule.expression = std::regex{rule.match};
    rule.threshold = figure.threshold;
    rule.effect = figure.effect;
    rule.target = target;
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
