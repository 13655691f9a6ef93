#include "pulsebench/session/noise.hpp"

#include <chrono>
#include <limits>
#include <map>
#include <random>

#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/session/command_lines.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr int kRounds = 4;
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
  PB_TRY(const auto suites, open_measured(request.command, request.executables,
                                          request.paired.selection.options, session));
  PB_TRY(auto subjects, select(suites, request.paired.selection, workspace.config));
  for (run::Subject& subject : subjects) subject.sides.push_back(subject.sides.front());
  auto gates = gates_of(session, subjects, gates_for(request.gates, workspace.config));
  return PreparedNoise{
      .subjects = std::move(subjects), .gates = std::move(gates), .plan = std::move(plan)};
}

bool skips(const run::PairedResult& paired) {
  return paired.old_side.outcome.status == Status::skipped &&
         paired.new_side.outcome.status == Status::skipped;
}

/// Why it was not measured; both sides are the same.
std::optional<compare::Reason> why_not_measured(const run::PairedResult& paired) {
  if (skips(paired)) return compare::skipped_on_both(paired.new_side.outcome);
  auto failure = failure_of(paired);
  if (failure) failure->side.reset();
  return failure;
}

compare::NoiseReport report_of(const Session& session, const PreparedNoise& prepared,
                               const run::PairedRun& paired_run,
                               const std::vector<std::vector<compare::BlockChange>>& blocks) {
  compare::NoiseReport report;
  report.alpha = prepared.plan.family_alpha;
  report.most_blocks = prepared.plan.effort.most_blocks;
  report.seed = prepared.plan.seed;
  report.seconds = paired_run.seconds;
  report.visit_share = visit_share(paired_run);
  report.warnings = all_warnings_of(paired_run, session);
  const std::size_t family = prepared.subjects.size();
  for (std::size_t i = 0; i < family; ++i) {
    const compare::Gate& gate = prepared.gates[i];
    compare::Noise noise = compare::noise_of(prepared.subjects[i].info, blocks[i],
                                             rule_of(gate, prepared.plan, family));
    noise.cost = cost_of(paired_run.subjects[i].old_side);
    noise.gates = gate.gates;
    noise.seconds = paired_run.subjects[i].seconds;
    if (auto why = why_not_measured(paired_run.subjects[i])) {
      noise.skipped = skips(paired_run.subjects[i]);
      noise.failed = !noise.skipped;
      noise.supported = false;
      noise.reason = std::move(why);
    }
    report.benchmarks.push_back(std::move(noise));
  }
  return report;
}

/// The self-proof: round after round one decision a benchmark, half of them with work injected into
/// one side. Which half is drawn from the seed, and balanced over two rounds.
class ProofRounds {
 public:
  ProofRounds(const Session& session, const TunedMachine& machine, const PreparedNoise& prepared,
              const Injection& injection)
      : session_(session), machine_(machine), prepared_(prepared), injection_(injection) {
    std::mt19937_64 bits{prepared.plan.seed};
    for (std::size_t i = 0; i < prepared.subjects.size(); ++i) first_.push_back(bits() & 1U);
    proof_.injected = injection.work;
    proof_.benchmarks = static_cast<int>(prepared.subjects.size());
    proof_.seed = prepared.plan.seed;
  }

  /// Until the rounds asked for are done, the time is over or a signal came.
  compare::Proof run() {
    const std::optional<double> budget = prepared_.plan.budget_seconds;
    const bool by_time_alone = budget && !injection_.rounds;
    const int most =
        by_time_alone ? std::numeric_limits<int>::max() : injection_.rounds.value_or(kRounds);
    const std::size_t subjects = prepared_.subjects.size();
    const RunProgress report = session_.progress(by_time_alone ? "seconds" : "decisions");
    const auto start = std::chrono::steady_clock::now();
    const auto progress = [&](const run::Progress& now) {
      const auto seconds = static_cast<std::size_t>(os::seconds_since(start));
      const std::size_t before = static_cast<std::size_t>(proof_.rounds) * subjects;
      report(by_time_alone ? run::Progress{seconds, static_cast<std::size_t>(*budget), now.current}
                           : run::Progress{before + now.done,
                                           static_cast<std::size_t>(most) * subjects, now.current});
    };
    while (proof_.rounds < most && machine_.interrupt().signal() == 0 &&
           failed_.size() < subjects && !(budget && proof_.seconds >= *budget)) {
      take_round(progress);
      ++proof_.rounds;
    }
    proof_.rows = compare::tally(decisions_);
    proof_.failed.assign(failed_.begin(), failed_.end());
    if (proof_.seconds > 0.0) proof_.visit_share = visit_seconds_ / proof_.seconds;
    return std::move(proof_);
  }

 private:
  /// One decision of each subject that can be tried. What is left undecided counts for nothing.
  void take_round(const RunProgress& progress) {
    std::vector<run::Subject> tried;
    std::vector<compare::LiveDecision> decisions;
    for (std::size_t i = 0; i < prepared_.subjects.size(); ++i) {
      if (failed_.contains(prepared_.subjects[i].info.id)) continue;
      run::Subject& subject = tried.emplace_back(prepared_.subjects[i]);
      const bool injects = (first_[i] + static_cast<std::size_t>(proof_.rounds)) % 2 == 0;
      if (injects) subject.sides[1].inject_percent = injection_.work.value;
      decisions.emplace_back(
          rule_of(prepared_.gates[i], prepared_.plan, prepared_.subjects.size()));
    }
    PairedPlan plan = prepared_.plan;
    plan.seed += static_cast<std::uint64_t>(proof_.rounds) *
                 static_cast<std::uint64_t>(plan.effort.most_blocks);
    if (plan.budget_seconds) *plan.budget_seconds -= proof_.seconds;
    const run::PairedRun paired_run =
        decide_pairs(session_, tried, plan, machine_, decisions, progress);
    for (std::size_t i = 0; i < tried.size(); ++i) {
      count(tried[i], paired_run.subjects[i], decisions[i]);
    }
    proof_.seconds += paired_run.seconds;
    visit_seconds_ += visit_share(paired_run) * paired_run.seconds;
    if (proof_.rounds == 0) proof_.warnings = all_warnings_of(paired_run, session_);
  }

  void count(const run::Subject& subject, const run::PairedResult& paired,
             const compare::LiveDecision& decision) {
    const Percent injected{subject.sides[1].inject_percent};
    if (auto why = why_not_measured(paired)) {
      failed_.emplace(subject.info.id, *std::move(why));
      proof_.broken = proof_.broken || (injected.value <= 0.0 && !skips(paired));
    }
    if (!decision.decided()) return;
    decisions_.push_back({.threshold = decision.rule().threshold,
                          .injected = injected,
                          .verdict = decision.verdict(),
                          .seconds = paired.seconds});
  }

  const Session& session_;
  const TunedMachine& machine_;
  const PreparedNoise& prepared_;
  const Injection& injection_;
  std::vector<std::size_t> first_;  ///< 0 or 1 for each subject: injected in even or odd rounds
  std::map<BenchmarkId, compare::Reason> failed_;
  std::vector<compare::Decided> decisions_;
  compare::Proof proof_;
  double visit_seconds_ = 0.0;
};

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
  return NoiseResult{.report = report_of(session, prepared, paired_run, blocks),
                     .interrupted_by = paired_run.interrupted_by};
}

Result<ProofResult> prove(const Session& session, const NoiseRequest& request,
                          const Injection& injection) {
  PB_TRY(const auto prepared, prepare(session, request, plan::Effort{}));
  for (const run::Subject& subject : prepared.subjects) PB_CHECK(check_injectable(subject));
  const TunedMachine machine{session, prepared.plan.placement, prepared.plan.no_tune};
  auto proof = ProofRounds{session, machine, prepared, injection}.run();
  return ProofResult{.proof = std::move(proof), .interrupted_by = machine.interrupt().signal()};
}

}  // namespace pulsebench::session
