#include "pulsebench/session/proof_rounds.hpp"

#include <chrono>
#include <limits>
#include <random>

namespace pulsebench::session {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 4;

}  // namespace

ProofRounds::ProofRounds(std::vector<run::Subject> subjects, std::vector<compare::Gate> gates,
                         const PairedPlan& plan, Percent inject, std::optional<int> rounds)
    : subjects_(std::move(subjects)),
      gates_(std::move(gates)),
      plan_(plan),
      inject_(inject),
      asked_rounds_(rounds) {
  std::mt19937_64 bits{plan.seed};
  for (std::size_t i = 0; i < subjects_.size(); ++i) first_.push_back(bits() & 1U);
}

void ProofRounds::run(const Session& session, const TunedMachine& machine) {
  const bool by_time_alone = plan_.budget_seconds && !asked_rounds_;
  const int most =
      by_time_alone ? std::numeric_limits<int>::max() : asked_rounds_.value_or(kRounds);
  const RunProgress report = session.progress(by_time_alone ? "seconds" : "decisions");
  const Clock::time_point start = Clock::now();
  const auto progress = [&](const run::Progress& now) {
    const std::chrono::duration<double> passed = Clock::now() - start;
    const std::size_t before = static_cast<std::size_t>(rounds_) * subjects_.size();
    if (by_time_alone) {
      report({static_cast<std::size_t>(passed.count()),
              static_cast<std::size_t>(*plan_.budget_seconds), now.current});
    } else {
      report({before + now.done, static_cast<std::size_t>(most) * subjects_.size(), now.current});
    }
  };
  while (rounds_ < most && machine.interrupt().signal() == 0 && failed_.size() < subjects_.size()) {
    if (plan_.budget_seconds && seconds_ >= *plan_.budget_seconds) break;
    take_round(session, machine, progress);
    ++rounds_;
  }
}

bool ProofRounds::injects(std::size_t subject, int round) const {
  return (first_[subject] + static_cast<std::size_t>(round)) % 2 == 0;
}

void ProofRounds::take_round(const Session& session, const TunedMachine& machine,
                             const RunProgress& progress) {
  std::vector<run::Subject> tried;
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    if (failed_.contains(subjects_[i].info.id)) continue;
    run::Subject& subject = tried.emplace_back(subjects_[i]);
    if (injects(i, rounds_)) subject.sides[1].inject_percent = inject_.value;
    which.push_back(i);
  }
  std::vector<compare::LiveDecision> decisions;
  for (const std::size_t i : which) {
    decisions.emplace_back(rule_of(gates_[i], plan_, subjects_.size()));
  }
  PairedPlan plan = plan_;
  plan.seed +=
      static_cast<std::uint64_t>(rounds_) * static_cast<std::uint64_t>(plan.effort.most_blocks);
  if (plan.budget_seconds) *plan.budget_seconds -= seconds_;
  const run::PairedRun paired_run =
      decide_pairs(session, tried, plan, machine, decisions, progress);
  for (std::size_t i = 0; i < tried.size(); ++i) {
    count(which[i], paired_run.subjects[i], decisions[i],
          Percent{tried[i].sides[1].inject_percent});
  }
  seconds_ += paired_run.seconds;
  visit_seconds_ += visit_share(paired_run) * paired_run.seconds;
  if (rounds_ == 0) warnings_ = warnings_of(paired_run);
}

void ProofRounds::count(std::size_t i, const run::PairedResult& paired,
                        const compare::LiveDecision& decision, Percent injected) {
  if (const auto failure = failure_of(paired)) {
    failed_.emplace(subjects_[i].info.id, failure->texts.front());
    broken_ = broken_ || injected.value <= 0.0;
  }
  if (!decision.decided()) return;
  decisions_.push_back({.threshold = decision.rule().threshold,
                        .injected = injected,
                        .verdict = decision.verdict(),
                        .seconds = paired.seconds});
}

compare::Proof ProofRounds::proof() const {
  compare::Proof proof;
  proof.injected = inject_;
  proof.rows = compare::tally(decisions_);
  proof.failed.assign(failed_.begin(), failed_.end());
  proof.broken = broken_;
  proof.benchmarks = static_cast<int>(subjects_.size());
  proof.rounds = rounds_;
  proof.seed = plan_.seed;
  proof.seconds = seconds_;
  proof.visit_share = seconds_ > 0.0 ? visit_seconds_ / seconds_ : 0.0;
  proof.warnings = warnings_;
  return proof;
}

}  // namespace pulsebench::session
