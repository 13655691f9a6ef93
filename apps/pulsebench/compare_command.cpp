#include "compare_command.hpp"

#include <algorithm>

#include "exit_code.hpp"
#include "pulsebench/compare/compare.hpp"
#include "pulsebench/report/comparison_json.hpp"
#include "pulsebench/report/comparison_table.hpp"
#include "workspace.hpp"

namespace pulsebench::app {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::Verdict;

config::Config gates_for(const CompareOptions& options, config::Config config) {
  for (const auto& [tier, percent] : options.thresholds) {
    config.gates[index_of(tier)].threshold = percent;
  }
  if (!options.fail_on) return config;
  for (const Tier tier : kTiers) {
    config::Effect& effect = config.gates[index_of(tier)].effect;
    if (options.fail_on->count(tier) != 0) {
      effect = config::Effect::fail;
    } else if (effect == config::Effect::fail) {
      effect = config::Effect::warn;
    }
  }
  return config;
}

int exit_code(const Comparison& comparison, bool strict) {
  const auto any = [&](auto holds) {
    return std::any_of(comparison.benchmarks.begin(), comparison.benchmarks.end(), holds);
  };
  if (any([](const Judged& b) { return b.gates && b.verdict == Verdict::regressed; })) {
    return kRegressed;
  }
  if (any([](const Judged& b) { return b.failed; })) return kNotMeasured;
  if (strict && any([](const Judged& b) { return b.verdict == Verdict::inconclusive; })) {
    return kInconclusive;
  }
  return kNothingGates;
}

std::string next_command(const CompareOptions& options, int code) {
  if (code == kNothingGates) return {};
  return "look closer: pulsebench run --preset rigorous --like " + options.base + " --save " +
         "closer && pulsebench compare " + options.base + " closer";
}

std::string rendered(const Comparison& comparison, const CompareOptions& options, int code,
                     const report::Style& style) {
  const report::ComparisonOptions shown{.rows = options.only_changed ? report::Rows::only_changed
                                                : options.all        ? report::Rows::all
                                                                     : report::Rows::folded,
                                        .exit_code = code,
                                        .next_command = next_command(options, code)};
  switch (options.format) {
    case Format::json:
      return report::comparison_json(comparison, code);
    case Format::markdown:
      return report::comparison_markdown(comparison, shown);
    case Format::text:
      break;
  }
  return report::comparison_table(comparison, shown, style);
}

}  // namespace

int compare_command(const Invocation& invocation, const CompareOptions& options,
                    const Console& console) {
  const auto workspace = open_workspace(invocation.common);
  if (!workspace) return console.fail(workspace.error());
  const auto pair = workspace->store.load_pair(options.base, options.candidate);
  if (!pair) return console.fail(pair.error());
  const auto& [base, candidate] = *pair;
  const auto same_machine = compare::comparable(base, candidate);
  if (!same_machine && !options.warn_on_mismatch) return console.fail(same_machine.error());

  Comparison comparison = compare::compare(
      base, candidate, gates_for(options, workspace->config),
      {.base_name = options.base, .candidate_name = options.candidate, .run_sigma = {}});
  if (!same_machine) {
    comparison.warnings.insert(comparison.warnings.begin(), same_machine.error().message);
  }
  const int code = exit_code(comparison, options.strict);
  const auto written = console.write(
      rendered(comparison, options, code, console.style_for(options.output)), options.output);
  return written ? code : console.fail(written.error());
}

}  // namespace pulsebench::app
