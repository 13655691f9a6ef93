#include "pulsebench/session/noise.hpp"

#include "pulsebench/session/proof_rounds.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr int kNoiseBlocks = 32;  // two decisions and more, or one at 60 benchmarks flagged

struct PreparedNoise {
  std::vector<run::Subject> subjects;  ///< each with the same source on both sides
  std::vector<compare::Gate> gates;
  PairedPlan plan;
};

Result<PreparedNoise> prepare(const Session& session, const NoiseRequest& request,
                              const plan::Effort& usual) {
  const Workspace& workspace = session.workspace;
  PB_TRY(auto plan, plan_pairs(session, request.paired, usual));
  PB_TRY(const auto executables, session.find_suites(request.executables));
  PB_TRY(const auto suites, session.open_suites(executables));
  PB_TRY(auto subjects, select(suites, request.paired.selection, workspace.config));
  for (run::Subject& subject : subjects) subject.sides.push_back(subject.sides.front());
  auto gates = gates_of(session, subjects, gates_for(request.gates, workspace.config));
  return PreparedNoise{
      .subjects = std::move(subjects), .gates = std::move(gates), .plan = std::move(plan)};
}

compare::NoiseReport report_of(const PreparedNoise& prepared, const run::PairedRun& paired_run,
                               const std::vector<std::vector<compare::BlockChange>>& blocks) {
  compare::NoiseReport report;
  report.alpha = prepared.plan.family_alpha;
  report.most_blocks = prepared.plan.effort.most_blocks;
  report.seed = prepared.plan.seed;
  report.seconds = paired_run.seconds;
  report.visit_share = visit_share(paired_run);
  report.warnings = warnings_of(paired_run);
  const std::size_t family = prepared.subjects.size();
  for (std::size_t i = 0; i < family; ++i) {
    const compare::Gate& gate = prepared.gates[i];
    compare::Noise noise = compare::noise_of(prepared.subjects[i].info, blocks[i],
                                             rule_of(gate, prepared.plan, family));
    noise.cost = cost_of(paired_run.subjects[i].old_side);
    noise.gates = gate.gates;
    noise.seconds = paired_run.subjects[i].seconds;
    if (auto failure = failure_of(paired_run.subjects[i])) {
      noise.failed = true;
      noise.supported = false;
      failure->side.reset();  // both are the same
      noise.reason = std::move(failure);
    }
    report.benchmarks.push_back(std::move(noise));
  }
  return report;
}

}  // namespace

Result<NoiseResult> noise(const Session& session, const NoiseRequest& request) {
  PB_TRY(const auto prepared, prepare(session, request, plan::exactly(kNoiseBlocks)));
  std::vector<std::vector<compare::BlockChange>> blocks(prepared.subjects.size());
  std::size_t taken = 0;
  const BlockJudge keep_all = [&](std::size_t i, const compare::BlockChange& block, bool) {
    blocks[i].push_back(block);
    ++taken;
    return false;
  };
  const std::size_t all =
      prepared.subjects.size() * static_cast<std::size_t>(prepared.plan.effort.most_blocks);
  const RunProgress report = session.progress("blocks");
  const auto progress = [&](const run::Progress& now) { report({taken, all, now.current}); };
  const TunedMachine machine{session, prepared.plan.placement, prepared.plan.no_tune};
  const run::PairedRun paired_run =
      measure_pairs(session, prepared.subjects, prepared.plan, machine, keep_all, progress);
  return NoiseResult{.report = report_of(prepared, paired_run, blocks),
                     .interrupted_by = paired_run.interrupted_by};
}

Result<ProofResult> prove(const Session& session, const NoiseRequest& request,
                          const Injection& injection) {
  PB_TRY(auto prepared, prepare(session, request, plan::Effort{}));
  const TunedMachine machine{session, prepared.plan.placement, prepared.plan.no_tune};
  ProofRounds rounds{std::move(prepared.subjects), std::move(prepared.gates), prepared.plan,
                     injection.work, injection.rounds};
  rounds.run(session, machine);
  return ProofResult{.proof = rounds.proof(), .interrupted_by = machine.interrupt().signal()};
}

}  // namespace pulsebench::session
