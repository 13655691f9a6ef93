#include "noise_command.hpp"

#include <algorithm>

#include "comparison_report.hpp"
#include "contest.hpp"
#include "exit_code.hpp"
#include "progress_line.hpp"
#include "proof_rounds.hpp"
#include "pulsebench/compare/noise.hpp"
#include "pulsebench/report/noise_screen.hpp"
#include "pulsebench/report/proof_screen.hpp"
#include "seed.hpp"
#include "selection.hpp"
#include "workspace.hpp"

namespace pulsebench::app {
namespace {

constexpr int kNoiseBlocks = 32;  // two decisions and more, or one at 60 benchmarks flagged

struct Prepared {
  std::vector<run::Subject> subjects;  ///< each with the same source on both sides
  std::vector<compare::Gate> gates;
  ContestPlan plan;
};

Result<Prepared> prepare(const Invocation& invocation, const NoiseOptions& options) {
  auto workspace = open_workspace(invocation.common);
  if (!workspace) return tl::unexpected{workspace.error()};
  const ContestOptions& asked = options.contest;
  auto placement = machine::place(asked.cpus);
  if (!placement) return tl::unexpected{placement.error()};
  const auto executables = find_suites(*workspace, options.executables);
  if (!executables) return tl::unexpected{executables.error()};
  const auto suites = run::open_suites(*executables, workspace->config.sampling.launch_limit);
  if (!suites) return tl::unexpected{suites.error()};
  RunOptions selection;
  selection.tiers = asked.tiers;
  selection.filter = asked.filter;
  auto subjects = select(*suites, selection, workspace->config);
  if (!subjects) return tl::unexpected{subjects.error()};
  for (run::Subject& subject : *subjects) subject.sides.push_back(subject.sides.front());
  const auto usual = options.inject ? plan::Effort{} : plan::exactly(kNoiseBlocks);
  auto gates = gates_of(*subjects, gates_for(asked.gates, workspace->config));
  return Prepared{.subjects = *std::move(subjects),
                  .gates = std::move(gates),
                  .plan = {.sampling = workspace->config.sampling,
                           .placement = *std::move(placement),
                           .no_tune = asked.no_tune,
                           .seed = asked.seed.value_or(draw_seed()),
                           .effort = effort_of(asked, usual),
                           .budget_seconds = asked.budget_seconds}};
}

compare::NoiseReport report_of(const Prepared& prepared, const ContestOptions& options,
                               const run::PairedRun& paired_run,
                               const std::vector<std::vector<compare::BlockChange>>& blocks) {
  compare::NoiseReport report;
  report.alpha = options.family_alpha;
  report.most_blocks = prepared.plan.effort.most_blocks;
  report.seed = prepared.plan.seed;
  report.seconds = paired_run.seconds;
  report.visit_share = visit_share(paired_run);
  report.warnings = warnings_of(paired_run);
  const std::size_t family = prepared.subjects.size();
  for (std::size_t i = 0; i < family; ++i) {
    const compare::Gate& gate = prepared.gates[i];
    compare::Noise noise = compare::noise_of(prepared.subjects[i].info, blocks[i],
                                             rule_of(gate, options, prepared.plan, family));
    noise.cost = cost_of(paired_run.subjects[i].old_side);
    noise.gates = gate.gates;
    noise.seconds = paired_run.subjects[i].seconds;
    if (const auto failure = failure_of(paired_run.subjects[i])) {
      noise.failed = true;
      noise.supported = false;
      noise.reason = failure->reason;
    }
    report.benchmarks.push_back(std::move(noise));
  }
  return report;
}

int exit_code(const compare::NoiseReport& report, int signal, bool strict) {
  if (signal != 0) return exit_code_of_signal(signal);
  const auto any = [&](auto holds) {
    return std::any_of(report.benchmarks.begin(), report.benchmarks.end(), holds);
  };
  if (any([](const compare::Noise& noise) { return noise.failed; })) return kNotMeasured;
  const bool doubtful = any([](const compare::Noise& noise) { return !noise.supported; });
  return strict && doubtful ? kInconclusive : kNothingGates;
}

int measure_noise(const Prepared& prepared, const NoiseOptions& options, const Console& console) {
  std::vector<std::vector<compare::BlockChange>> blocks(prepared.subjects.size());
  std::size_t taken = 0;
  const BlockJudge keep_all = [&](std::size_t i, const compare::BlockChange& block, bool) {
    blocks[i].push_back(block);
    ++taken;
    return false;
  };
  const std::size_t all =
      prepared.subjects.size() * static_cast<std::size_t>(prepared.plan.effort.most_blocks);
  run::PairedRun paired_run;
  on_tuned_machine(
      prepared.plan.placement, prepared.plan.no_tune, console, [&](const Ready& ready) {
        ProgressLine line{console, "blocks"};
        const auto progress = [&](const run::Progress& now) { line({taken, all, now.current}); };
        paired_run = contest(prepared.subjects, prepared.plan, ready, keep_all, progress);
      });
  const auto report = report_of(prepared, options.contest, paired_run, blocks);
  const int code = exit_code(report, paired_run.interrupted_by, options.contest.gates.strict);
  const std::string text = options.format == Format::json ? report::noise_json(report, code)
                           : options.format == Format::markdown
                               ? report::noise_markdown(report)
                               : report::noise_table(report, console.style_for(options.output));
  const auto written = console.write(text, options.output);
  return written ? code : console.fail(written.error());
}

int prove(const Prepared& prepared, const NoiseOptions& options, const Console& console) {
  ProofRounds rounds{prepared.subjects, prepared.gates, prepared.plan, options};
  int signal = 0;
  on_tuned_machine(prepared.plan.placement, prepared.plan.no_tune, console,
                   [&](const Ready& ready) {
                     rounds.run(ready, console);
                     signal = ready.interrupt.signal();
                   });
  const compare::Proof proof = rounds.proof();
  const int code = signal != 0    ? exit_code_of_signal(signal)
                   : proof.broken ? kNotMeasured
                                  : kNothingGates;
  const std::string text = options.format == Format::json ? report::proof_json(proof, code)
                           : options.format == Format::markdown
                               ? report::proof_markdown(proof)
                               : report::proof_table(proof, console.style_for(options.output));
  const auto written = console.write(text, options.output);
  return written ? code : console.fail(written.error());
}

}  // namespace

int noise_command(const Invocation& invocation, const NoiseOptions& options,
                  const Console& console) {
  const auto prepared = prepare(invocation, options);
  if (!prepared) return console.fail(prepared.error());
  return options.inject ? prove(*prepared, options, console)
                        : measure_noise(*prepared, options, console);
}

}  // namespace pulsebench::app
