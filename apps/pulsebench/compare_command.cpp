#include "compare_command.hpp"

#include <algorithm>
#include <cctype>

#include "comparison_report.hpp"
#include "exit_code.hpp"
#include "pulsebench/compare/approve.hpp"
#include "pulsebench/compare/compare.hpp"
#include "settle_live.hpp"
#include "stored_comparison.hpp"
#include "workspace.hpp"

namespace pulsebench::app {
namespace {

/// The id, where a shell takes it as it stands: it may be anybody's.
std::string plain(const std::string& id) {
  const bool safe = std::all_of(id.begin(), id.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '.';
  });
  return safe ? id : "ID";
}

std::string next_command(const compare::Comparison& comparison, const CompareOptions& options,
                         int code) {
  if (code == kNothingGates || code == kNotComparable) return {};
  for (const compare::Judged& judged : comparison.benchmarks) {
    const bool fails = judged.gates && judged.verdict == compare::Verdict::regressed;
    if (code != kRegressed || !fails || judged.approved) continue;
    const std::string base = options.base == "main" ? "" : " --base " + options.base;
    return "mend it, or say why it is worth it: pulsebench baseline approve " +
           plain(judged.info.id.text()) + base + " --new " + options.candidate + " --reason TEXT";
  }
  if (code == kRegressed) {
    return "restore what is missing, or accept that it is gone: pulsebench compare " +
           options.base + " " + options.candidate + " --allow-missing";
  }
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
  const auto approvals = workspace->store.approvals();
  if (!approvals) return console.fail(approvals.error());
  const config::Config config = gates_for(options.gates, workspace->config);
  const Compared compared{.base = pair->first, .candidate = pair->second, .config = config};
  const auto same_machine = compare::comparable(compared.base, compared.candidate);
  if (!same_machine && !options.warn_on_mismatch) return console.fail(same_machine.error());

  compare::Comparison comparison =
      judge_stored(compared, options.base, options.candidate, workspace->store);
  if (!same_machine) {
    comparison.warnings.insert(comparison.warnings.begin(), same_machine.error().message);
  }
  comparison.missing_allowed = options.gates.allow_missing;
  Result<int> interrupted_by = 0;
  if (!options.confirm.no_confirm) {
    interrupted_by = settle_live(comparison, compared, options.confirm, *workspace, console);
    if (!interrupted_by) return console.fail(interrupted_by.error());
  }
  const auto is_base = [&](const BenchmarkId&, const std::string& run) {
    return run == compared.base.run_id;
  };
  compare::apply_approvals(comparison, *approvals, is_base, today());
  const int code = *interrupted_by != 0 ? exit_code_of_signal(*interrupted_by)
                                        : exit_code_of(comparison, options.gates.strict);
  const auto written =
      console.write(comparison_report(comparison, options.shown, code,
                                      next_command(comparison, options, code), console),
                    options.shown.output);
  return written ? code : console.fail(written.error());
}

}  // namespace pulsebench::app
