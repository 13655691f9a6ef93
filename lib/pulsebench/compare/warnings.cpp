#include "pulsebench/compare/warnings.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::compare {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

const std::string* find_fact(const NamedFacts& facts, std::string_view name) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const auto& fact) { return fact.first == name; });
  return found == facts.end() ? nullptr : &found->second;
}

/// "8 of 20 in tier 0, 12 of 16 in tier 1": the fewest that a benchmark has, of what the default
/// preset takes. Empty where none lacks any.
std::string few_launches(const Document& document, const config::Config& config) {
  const auto& asked = config.presets.at(config.default_preset).launches;
  std::vector<std::string> tiers;
  for (const Tier tier : kTiers) {
    const auto wanted = static_cast<std::size_t>(asked[index_of(tier)]);
    std::size_t fewest = wanted;
    for (const BenchmarkResult& benchmark : document.benchmarks) {
      if (benchmark.info.tier != tier || !benchmark.value) continue;
      fewest = std::min(fewest, benchmark.launches.launch.size());
    }
    if (fewest == wanted) continue;
    tiers.push_back(fmt::format("{} of {} in tier {}", fewest, wanted, number_of(tier)));
  }
  return fmt::format("{}", fmt::join(tiers, ", "));
}

void warn_of_side(const Document& document, std::string_view side, const config::Config& config,
                  std::vector<std::string>& warnings) {
  if (!document.complete) {
    warnings.push_back(fmt::format("the {} result is incomplete: {}", side,
                                   printable(document.incomplete_because)));
  }
  if (const std::string few = few_launches(document, config); !few.empty()) {
    warnings.push_back(
        fmt::format("the {} result has fewer launches than its tiers ask for: {}", side, few));
  }
  if (document.git.dirty) {
    warnings.push_back(fmt::format("the {} result was measured with uncommitted changes", side));
  }
}

/// Whether the two share a suite, and each that they share is the same executable.
bool same_binaries(const Document& base, const Document& candidate) {
  bool shared = false;
  for (const SuiteBuild& before : base.suites) {
    for (const SuiteBuild& after : candidate.suites) {
      if (before.name != after.name || before.sha256.empty()) continue;
      if (before.sha256 != after.sha256) return false;
      shared = true;
    }
  }
  return shared;
}

bool is_injected(const Document& document) {
  return std::any_of(
      document.benchmarks.begin(), document.benchmarks.end(),
      [](const BenchmarkResult& benchmark) { return benchmark.injected_percent.has_value(); });
}

}  // namespace

std::vector<FactChange> changed_facts(const NamedFacts& before, const NamedFacts& after) {
  std::vector<FactChange> changes;
  for (const auto& [name, value] : before) {
    const std::string* now = find_fact(after, name);
    if (now == nullptr || *now != value) {
      changes.push_back({name, value, now == nullptr ? std::string{} : *now});
    }
  }
  for (const auto& [name, value] : after) {
    if (find_fact(before, name) == nullptr) changes.push_back({name, {}, value});
  }
  return changes;
}

std::vector<std::string> warnings_about(const Document& base, const Document& candidate,
                                        const config::Config& config) {
  std::vector<std::string> warnings;
  warn_of_side(base, "old", config, warnings);
  warn_of_side(candidate, "new", config, warnings);
  for (const FactChange& fact : changed_facts(base.machine.shown, candidate.machine.shown)) {
    warnings.push_back(fmt::format("{} differs: '{}' then, '{}' now", printable(fact.name, 40),
                                   printable(fact.before, 80), printable(fact.after, 80)));
  }
  if (same_binaries(base, candidate)) {
    warnings.emplace_back(
        is_injected(base) || is_injected(candidate)
            ? "both results come from the same binaries: what differs was injected, or is noise"
            : "both results come from the same binaries: what differs is not in the code");
  }
  return warnings;
}

}  // namespace pulsebench::compare
