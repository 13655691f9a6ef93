#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/compare/proof.hpp"
#include "pulsebench/session/paired_measurement.hpp"

namespace pulsebench::session {

/// The self-proof of `noise --inject`: round after round one decision a benchmark, half of them
/// with work injected into one side. Which half is drawn from the seed, and balanced over two
/// rounds.
class ProofRounds {
 public:
  /// Without `rounds`: as many as the plan's time allows, or a few.
  ProofRounds(std::vector<run::Subject> subjects, std::vector<compare::Gate> gates,
              const PairedPlan& plan, Percent inject, std::optional<int> rounds);

  /// Until the rounds asked for are done, the time is over or a signal came.
  void run(const Session& session, const TunedMachine& machine);

  [[nodiscard]] compare::Proof proof() const;

 private:
  /// One decision of each subject that can be tried. What is left undecided counts for nothing.
  void take_round(const Session& session, const TunedMachine& machine, const RunProgress& progress);
  [[nodiscard]] bool injects(std::size_t subject, int round) const;
  void count(std::size_t i, const run::PairedResult& paired, const compare::LiveDecision& decision,
             Percent injected);

  std::vector<run::Subject> subjects_;
  std::vector<compare::Gate> gates_;
  PairedPlan plan_;
  Percent inject_;
  std::optional<int> asked_rounds_;
  std::vector<std::size_t> first_;  ///< 0 or 1 for each subject: injected in even or odd rounds
  std::map<BenchmarkId, std::string> failed_;
  std::vector<compare::Decided> decisions_;
  std::vector<compare::Reason> warnings_;
  bool broken_ = false;
  int rounds_ = 0;
  double seconds_ = 0.0;
  double visit_seconds_ = 0.0;
};

}  // namespace pulsebench::session
