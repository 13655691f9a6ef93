#include "pulsebench/compare/gate.hpp"

#include <algorithm>
#include <string_view>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::compare {
namespace {

constexpr Percent kFinestOfThreads{20.0};

}  // namespace

Gate gate_of(const BenchmarkInfo& info, const config::Config& config, std::optional<int> cpus) {
  const config::TierGate& tier = config.gates[index_of(info.tier)];
  const bool oversubscribed = cpus && info.threads > *cpus;
  const config::BenchmarkRule* rule = config::rule_for(info.id.text(), config);
  const bool own = rule != nullptr && rule->threshold && !tier.overrides_rules;
  const Percent threshold = own ? *rule->threshold : tier.threshold;
  const config::Effect effect = rule == nullptr ? tier.effect : rule->effect.value_or(tier.effect);
  return {
      .threshold = info.threads > 1 ? std::max(threshold, kFinestOfThreads) : threshold,
      .alpha = tier.alpha,
      .gates = effect == config::Effect::fail && info.role == Role::operation && !oversubscribed,
      .oversubscribed = oversubscribed};
}

std::optional<int> cpus_of(const Machine& machine) {
  for (const auto& [name, value] : machine.hashed) {
    if (name != "topology") continue;
    constexpr std::string_view kUnit = " threads";  // "1 sockets, 4 cores, 8 threads"
    if (!value.ends_with(kUnit)) return std::nullopt;
    std::string_view number{value};
    number.remove_suffix(kUnit.size());
    number.remove_prefix(number.rfind(' ') + 1);  // npos + 1 is 0
    const auto cpus = number_in<int>(number);
    return cpus && *cpus > 0 ? cpus : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace pulsebench::compare
