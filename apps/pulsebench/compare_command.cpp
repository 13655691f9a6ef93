#include "compare_command.hpp"

#include "comparison_report.hpp"
#include "exit_code.hpp"
#include "pulsebench/compare/compare.hpp"
#include "pulsebench/compare/run_sigma.hpp"
#include "workspace.hpp"

namespace pulsebench::app {
namespace {

std::string next_command(const CompareOptions& options, int code) {
  if (code == kNothingGates) return {};
  return "look closer: pulsebench run --preset rigorous --like " + options.base + " --save " +
         "closer && pulsebench compare " + options.base + " closer";
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

  const auto history =
      workspace->store.runs(baseline::Detail::values, baseline::Store::kHistoryBytes);
  compare::Comparison comparison =
      compare::compare(base, candidate, gates_for(options.gates, workspace->config),
                       {.base_name = options.base,
                        .candidate_name = options.candidate,
                        .run_sigma = compare::learn_run_sigma(history, candidate),
                        .history = static_cast<int>(history.size())});
  if (!same_machine) {
    comparison.warnings.insert(comparison.warnings.begin(), same_machine.error().message);
  }
  const int code = exit_code_of(comparison, options.gates.strict);
  const auto written = console.write(
      comparison_report(comparison, options.shown, code, next_command(options, code), console),
      options.shown.output);
  return written ? code : console.fail(written.error());
}

}  // namespace pulsebench::app
