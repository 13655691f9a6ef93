#include "proof_rounds.hpp"

#include <chrono>
#include <limits>
#include <random>

#include "progress_line.hpp"

namespace pulsebench::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 4;

}  // namespace

ProofRounds::ProofRounds(std::vector<run::Subject> subjects, std::vector<compare::Gate> gates,
                         const ContestPlan& plan, const NoiseOptions& options)
    : subjects_(std::move(subjects)), gates_(std::move(gates)), plan_(plan), options_(options) {
  std::mt19937_64 bits{plan.seed};
  for (std::size_t i = 0; i < subjects_.size(); ++i) first_.push_back(bits() & 1U);
}

void ProofRounds::run(const Ready& ready, const Console& console) {
  const bool by_time_alone = plan_.budget_seconds && !options_.rounds;
  const int most =
      by_time_alone ? std::numeric_limits<int>::max() : options_.rounds.value_or(kRounds);
  ProgressLine line{console, by_time_alone ? "seconds" : "decisions"};
  const Clock::time_point start = Clock::now();
  const auto progress = [&](const run::Progress& now) {
    const std::chrono::duration<double> passed = Clock::now() - start;
    const std::size_t before = static_cast<std::size_t>(rounds_) * subjects_.size();
    if (by_time_alone) {
      line({static_cast<std::size_t>(passed.count()),
            static_cast<std::size_t>(*plan_.budget_seconds), now.current});
    } else {
      line({before + now.done, static_cast<std::size_t>(most) * subjects_.size(), now.current});
    }
  };
  while (rounds_ < most && ready.interrupt.signal() == 0 && failed_.size() < subjects_.size()) {
    if (plan_.budget_seconds && seconds_ >= *plan_.budget_seconds) break;
    take_round(rounds_, ready, progress);
    ++rounds_;
  }
}

bool ProofRounds::injects(std::size_t subject, int round) const {
  return (first_[subject] + static_cast<std::size_t>(round)) % 2 == 0;
}

void ProofRounds::take_round(int round, const Ready& ready,
                             const std::function<void(const run::Progress&)>& progress) {
  std::vector<run::Subject> tried;
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    if (failed_.contains(subjects_[i].info.id)) continue;
    run::Subject& subject = tried.emplace_back(subjects_[i]);
    if (injects(i, round)) subject.sides[1].inject_percent = options_.inject->value;
    which.push_back(i);
  }
  std::vector<compare::LiveDecision> decisions;
  for (const std::size_t i : which) {
    decisions.emplace_back(rule_of(gates_[i], options_.contest, plan_, subjects_.size()));
  }
  const BlockJudge judge = [&](std::size_t i, const compare::BlockChange& block, bool last) {
    return decide(decisions[i], block, last);
  };
  ContestPlan plan = plan_;
  plan.seed +=
      static_cast<std::uint64_t>(round) * static_cast<std::uint64_t>(plan.effort.most_blocks);
  if (plan.budget_seconds) *plan.budget_seconds -= seconds_;
  const run::PairedRun paired_run = contest(tried, plan, ready, judge, progress);
  for (std::size_t i = 0; i < tried.size(); ++i) {
    count(which[i], paired_run.subjects[i], decisions[i],
          Percent{tried[i].sides[1].inject_percent});
  }
  seconds_ += paired_run.seconds;
  visit_seconds_ += visit_share(paired_run) * paired_run.seconds;
  if (round == 0) warnings_ = warnings_of(paired_run);
}

void ProofRounds::count(std::size_t i, const run::PairedResult& paired,
                        const compare::LiveDecision& decision, Percent injected) {
  if (const auto failure = failure_of(paired)) {
    failed_.emplace(subjects_[i].info.id, failure->reason);
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
  proof.injected = *options_.inject;
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

}  // namespace pulsebench::app
