#include "pulsebench/trend/measured_night.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::trend {
namespace {

constexpr std::size_t kLongestFact = 200;

/// A text that a line of a history takes; a longer one is cut, and ends in a hash of the whole.
std::string bounded(const std::string& text) {
  std::string shown = printable(text, kLongestFact + 1);
  if (shown.size() <= kLongestFact) return shown;
  const std::string mark = " #" + os::sha256_of(text).substr(0, 8);
  return printable(text, kLongestFact - mark.size() - 8) + mark;
}

/// What the suites say of `name`, each answer once: "GNU 12.2.0".
std::string said_by_suites(const baseline::Document& document, std::string_view name) {
  std::set<std::string> said;
  for (const SuiteBuild& suite : document.suites) {
    for (const auto& [fact, value] : suite.facts) {
      if (fact == name && !value.empty()) said.insert(value);
    }
  }
  return bounded(fmt::format("{}", fmt::join(said, ", ")));
}

NamedFacts facts_of(const baseline::Document& document) {
  NamedFacts facts;
  for (const auto& [name, value] : document.machine.shown) {
    if (name != "host_name") facts.emplace_back(bounded(name), bounded(value));
  }
  if (std::string compiler = said_by_suites(document, "compiler"); !compiler.empty()) {
    facts.emplace_back("compiler", std::move(compiler));
  }
  if (!document.git.commit.empty()) {
    facts.emplace_back("working_tree", document.git.dirty ? "uncommitted changes" : "as committed");
  }
  return facts;
}

}  // namespace

std::string suites_sha256(const baseline::Document& document) {
  std::vector<std::string> lines;
  for (const SuiteBuild& suite : document.suites) {
    lines.push_back(suite.name + ' ' + suite.sha256 + '\n');
  }
  std::ranges::sort(lines);
  return lines.empty() ? "" : os::sha256_of(fmt::format("{}", fmt::join(lines, "")));
}

Night measured_night(const baseline::Document& document, std::string day) {
  Night night{.day = std::move(day),
              .run_id = document.run_id,
              .commit = bounded(document.git.commit),
              .started = document.started,
              .complete = document.complete,
              .machine_key = document.machine.key,
              .machine_kind = baseline::kind_of(document.machine),
              .timer = said_by_suites(document, "timer"),
              .suites_sha256 = suites_sha256(document),
              .anchor_sha256 = {},
              .facts = facts_of(document),
              .costs = {}};
  for (const baseline::BenchmarkResult& result : document.benchmarks) {
    const bool is_point = result.info.role == Role::operation && result.value &&
                          judged_figure(*result.value) > 0.0 && !is_failure(result.outcome.status);
    if (!is_point) continue;
    const Unit unit = result.value->unit;
    NightCost cost{.id = result.info.id,
                   .cost = *result.value,
                   .range = {},
                   .anchor_ratio = {},
                   .robust_cv = result.robust_cv,
                   .version = result.info.version,
                   .tier = result.info.tier,
                   .better = result.info.better()};
    if (const auto& interval = result.interval;
        interval && judged_figure(Cost{interval->low, unit}) > 0.0) {
      cost.range = CostRange{Cost{interval->low, unit}, Cost{interval->high, unit}};
    }
    night.costs.push_back(std::move(cost));
  }
  return night;
}

void add_anchor(Night& night, const AnchorRatios& anchor) {
  night.anchor_sha256 = anchor.sha256;
  for (NightCost& cost : night.costs) {
    const auto ratio = anchor.ratios.find(cost.id);
    if (ratio != anchor.ratios.end()) cost.anchor_ratio = ratio->second;
  }
}

}  // namespace pulsebench::trend
