#include "pulsebench/session/gates.hpp"

#include "pulsebench/session/command_lines.hpp"

namespace pulsebench::session {

config::Config gates_for(const Gates& gates, config::Config config) {
  for (const auto& [tier, percent] : gates.thresholds) {
    config.gates[index_of(tier)].threshold = percent;
    config.gates[index_of(tier)].overrides_rules = true;
  }
  judge_commands(config);
  if (!gates.fail_on) return config;
  for (const Tier tier : kTiers) {
    config::Effect& effect = config.gates[index_of(tier)].effect;
    if (gates.fail_on->count(tier) != 0) {
      effect = config::Effect::fail;
    } else if (effect == config::Effect::fail) {
      effect = config::Effect::warn;
    }
  }
  return config;
}

}  // namespace pulsebench::session
