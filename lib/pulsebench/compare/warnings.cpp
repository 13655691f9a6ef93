#include "pulsebench/compare/warnings.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace pulsebench::compare {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

const std::string* find_fact(const NamedFacts& facts, std::string_view name) {
  const auto found = std::ranges::find(facts, name, &NamedFacts::value_type::first);
  return found == facts.end() ? nullptr : &found->second;
}

/// The fewest launches that a benchmark of a tier has, of what the default preset takes, and the
/// tier's number; for each tier that lacks any.
std::vector<double> few_launches(const Document& document, const config::Config& config) {
  const auto& asked = config.presets.at(config.default_preset).launches;
  std::vector<double> found;
  for (const Tier tier : kTiers) {
    const auto wanted = static_cast<std::size_t>(asked[index_of(tier)]);
    std::size_t fewest = wanted;
    for (const BenchmarkResult& benchmark : document.benchmarks) {
      if (benchmark.info.tier != tier || !benchmark.value) continue;
      fewest = std::min(fewest, benchmark.launches.launch.size());
    }
    if (fewest == wanted) continue;
    for (const std::size_t number : {fewest, wanted, static_cast<std::size_t>(number_of(tier))}) {
      found.push_back(static_cast<double>(number));
    }
  }
  return found;
}

void warn_of_side(const Document& document, Side side, const config::Config& config,
                  std::vector<Reason>& warnings) {
  if (!document.complete) {
    warnings.push_back(
        {.code = ReasonCode::incomplete, .texts = {document.incomplete_because}, .side = side});
  }
  if (const auto& from = document.imported_from) {
    warnings.push_back({.code = ReasonCode::imported_result, .texts = {from->tool}, .side = side});
  } else if (std::vector<double> few = few_launches(document, config); !few.empty()) {
    warnings.push_back({.code = ReasonCode::few_launches, .numbers = std::move(few), .side = side});
  }
  if (document.git.dirty) {
    warnings.push_back({.code = ReasonCode::uncommitted, .side = side});
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
  return std::ranges::any_of(document.benchmarks,
                             [](const auto& one) { return one.injected_percent.has_value(); });
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

std::vector<Reason> warnings_about(const Document& base, const Document& candidate,
                                   const config::Config& config) {
  std::vector<Reason> warnings;
  warn_of_side(base, Side::old_side, config, warnings);
  warn_of_side(candidate, Side::new_side, config, warnings);
  if (const auto emulator = emulator_of(candidate.machine); !emulator.empty()) {
    warnings.push_back({.code = ReasonCode::emulated, .texts = {std::string{emulator}}});
  }
  for (const FactChange& fact : changed_facts(base.machine.shown, candidate.machine.shown)) {
    if (fact.before.empty() || fact.after.empty()) continue;  // one of the two does not record it
    warnings.push_back(
        {.code = ReasonCode::fact_changed, .texts = {fact.name, fact.before, fact.after}});
  }
  if (same_binaries(base, candidate)) {
    const bool injected = is_injected(base) || is_injected(candidate);
    warnings.push_back(
        {.code = injected ? ReasonCode::same_binaries_injected : ReasonCode::same_binaries});
  }
  return warnings;
}

}  // namespace pulsebench::compare
