#pragma once

#include <map>
#include <string>
#include <vector>

#include "contest.hpp"
#include "pulsebench/compare/proof.hpp"

namespace pulsebench::app {

/// The self-proof of `noise --inject`: round after round one decision a benchmark, half of them
/// with work injected into one side. Which half is drawn from the seed, and balanced over two
/// rounds.
class ProofRounds {
 public:
  ProofRounds(std::vector<run::Subject> subjects, std::vector<compare::Gate> gates,
              const ContestPlan& plan, const NoiseOptions& options);

  /// Until the rounds asked for are done, the time is over or a signal came.
  void run(const Ready& ready, const Console& console);

  [[nodiscard]] compare::Proof proof() const;

 private:
  /// One decision of each subject that can be tried. What is left undecided counts for nothing.
  void take_round(int round, const Ready& ready,
                  const std::function<void(const run::Progress&)>& progress);
  [[nodiscard]] bool injects(std::size_t subject, int round) const;
  void count(std::size_t i, const run::PairedResult& paired, const compare::LiveDecision& decision,
             Percent injected);

  std::vector<run::Subject> subjects_;
  std::vector<compare::Gate> gates_;
  ContestPlan plan_;
  const NoiseOptions& options_;
  std::vector<std::size_t> first_;  ///< 0 or 1 for each subject: injected in even or odd rounds
  std::map<BenchmarkId, std::string> failed_;
  std::vector<compare::Decided> decisions_;
  std::vector<std::string> warnings_;
  bool broken_ = false;
  int rounds_ = 0;
  double seconds_ = 0.0;
  double visit_seconds_ = 0.0;
};

}  // namespace pulsebench::app
