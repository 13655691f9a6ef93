#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/gate.hpp"
#include "pulsebench/compare/live_decision.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/run/paired_run.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/session/tuned_machine.hpp"

/// Two sides measured against each other, for `ab`, `noise` and the suspects of `compare`.
namespace pulsebench::session {

/// What is measured, where and how long.
struct PairedRequest {
  Selection selection = {};  ///< its preset does not matter
  double family_alpha = 0.01;
  /// k, where more benchmarks than those measured here share `family_alpha`.
  std::optional<int> family = {};
  std::optional<int> max_blocks = {};
  std::optional<double> budget_seconds = {};  ///< no block starts after that
  std::optional<std::string> cpus = {};
  bool no_tune = false;
  std::optional<std::uint64_t> seed = {};
};

/// A request whose choices are made.
struct PairedPlan {
  machine::Placement placement;
  bool no_tune = false;
  double family_alpha = 0.01;
  std::optional<int> family = {};  ///< asked for; empty: what is measured here
  std::uint64_t seed = 0;
  plan::Effort effort{};
  std::optional<double> budget_seconds;
};

/// `usual` is the effort without `max_blocks`. `bad_input` where the CPUs cannot be had.
[[nodiscard]] Result<PairedPlan> plan_pairs(const Session& session, const PairedRequest& request,
                                            const plan::Effort& usual);

/// The gate of each subject on this machine.
[[nodiscard]] std::vector<compare::Gate> gates_of(const Session& session,
                                                  const std::vector<run::Subject>& subjects,
                                                  const config::Config& config);

/// The rule by which one benchmark of a family of `family` is judged.
[[nodiscard]] compare::LiveRule rule_of(const compare::Gate& gate, const PairedPlan& plan,
                                        std::size_t family);

using RunProgress = std::function<void(const run::Progress&)>;

/// Called after each block, and told whether it is the last; true ends the subject.
using BlockJudge =
    std::function<bool(std::size_t subject, const compare::BlockChange& block, bool last)>;

/// Measures the subjects' two sides.
[[nodiscard]] run::PairedRun measure_pairs(const Session& session,
                                           const std::vector<run::Subject>& subjects,
                                           const PairedPlan& plan, const TunedMachine& machine,
                                           const BlockJudge& judge, const RunProgress& progress);

/// Called between blocks, once for each subject whose decision is taken.
using OnDecided = std::function<void(std::size_t subject)>;

/// The same, each subject until its decision is taken. `decisions` has one entry a subject. The
/// progress says what is known of them.
[[nodiscard]] run::PairedRun decide_pairs(const Session& session,
                                          const std::vector<run::Subject>& subjects,
                                          const PairedPlan& plan, const TunedMachine& machine,
                                          std::span<compare::LiveDecision> decisions,
                                          const RunProgress& progress,
                                          const OnDecided& on_decided = {});

/// The part of the wall time that was spent inside visits: warm-up and slices. The rest is the
/// start of processes, and calibration.
[[nodiscard]] double visit_share(const run::PairedRun& paired_run);

/// Which side failed, and how; empty where neither did.
[[nodiscard]] std::optional<compare::Reason> failure_of(const run::PairedResult& paired);

/// Why the decision on `judged` was not taken after blocks on both sides.
[[nodiscard]] compare::Reason why_undecided(const compare::Judged& judged,
                                            const run::PairedResult& paired,
                                            const compare::LiveDecision& decision);

/// The median over the blocks of what one side's visits show; empty where there are none.
[[nodiscard]] std::optional<Cost> cost_of(const Measured& side);

/// How long a benchmark took live, and which figure decided.
[[nodiscard]] compare::Live live_of(const run::PairedResult& paired,
                                    const compare::LiveDecision& decision);

/// Gives `judged`, which was measured live, the decision's verdict, change and interval.
void take_verdict(compare::Judged& judged, const compare::LiveDecision& decision);

/// The same for a benchmark whose costs and time are not known yet.
void take_decision(compare::Judged& judged, const compare::LiveDecision& decision);

/// What the reader should know of how the processes ran.
[[nodiscard]] std::vector<compare::Reason> warnings_of(const run::PairedRun& paired_run);

/// The same, and that an emulator ran them, where one did.
[[nodiscard]] std::vector<compare::Reason> all_warnings_of(const run::PairedRun& paired_run,
                                                           const Session& session);

}  // namespace pulsebench::session
