#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "console.hpp"
#include "options.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/gate.hpp"
#include "pulsebench/compare/live_decision.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/run/paired_run.hpp"

/// What `ab` and `noise` share: two sides measured against each other on a machine set up for it.
namespace pulsebench::app {

/// Where and how long to measure.
struct ContestPlan {
  plan::Sampling sampling;
  machine::Placement placement;
  bool no_tune = false;  ///< for `on_tuned_machine`
  std::uint64_t seed = 0;
  plan::Effort effort{};
  std::optional<double> budget_seconds;
};

/// What `--max-blocks` says, or else `usual`.
[[nodiscard]] plan::Effort effort_of(const ContestOptions& options, const plan::Effort& usual);

/// The gate of each subject on this machine.
[[nodiscard]] std::vector<compare::Gate> gates_of(const std::vector<run::Subject>& subjects,
                                                  const config::Config& config);

/// The rule by which a benchmark of a family of `family` is judged.
[[nodiscard]] compare::LiveRule rule_of(const compare::Gate& gate, const ContestOptions& options,
                                        const ContestPlan& plan, std::size_t family);

/// Told of each block, and whether it is the last; true ends the subject.
using BlockJudge =
    std::function<bool(std::size_t subject, const compare::BlockChange& block, bool last)>;

/// Adds the block to the decision, and ends it with the last. True where it is decided.
bool decide(compare::LiveDecision& decision, const compare::BlockChange& block, bool last);

/// What the measuring is given on a machine set up for it.
struct Ready {
  tune::ProcessSettings process_settings;  ///< what each benchmark's process is to have
  machine::CpuList thread_cpus;            ///< where benchmarks with several threads run
  const run::Interrupt& interrupt;
};

/// Measures the subjects' two sides; `progress` is told between visits.
[[nodiscard]] run::PairedRun contest(const std::vector<run::Subject>& subjects,
                                     const ContestPlan& plan, const Ready& ready,
                                     const BlockJudge& judge,
                                     const std::function<void(const run::Progress&)>& progress);

/// Calls `measure` while this process keeps off the measuring CPU and the machine is tuned, and
/// puts everything back.
void on_tuned_machine(const machine::Placement& placement, bool no_tune, const Console& console,
                      const std::function<void(const Ready&)>& measure);

/// Of the wall time of `paired_run`, the part inside visits: warm-up and slices. The rest is the
/// start of processes, and calibration.
[[nodiscard]] double visit_share(const run::PairedRun& paired_run);

/// Which side has no measurement, and why.
struct SideFailure {
  const char* side;  ///< "new" or "old"
  std::string reason;
};

/// Empty where neither side failed.
[[nodiscard]] std::optional<SideFailure> failure_of(const run::PairedResult& paired);

/// The median over the blocks of what one side's visits show; empty where there are none.
[[nodiscard]] std::optional<NsPerOp> cost_of(const run::Measured& side);

/// How long a benchmark took live, and which figure decided.
[[nodiscard]] compare::Live live_of(const run::PairedResult& paired,
                                    const compare::LiveDecision& decision);

/// Gives `judged`, which was measured live, the decision's verdict, change and interval.
void take_verdict(compare::Judged& judged, const compare::LiveDecision& decision);

/// What the reader should know of how the processes ran.
[[nodiscard]] std::vector<std::string> warnings_of(const run::PairedRun& paired_run);

}  // namespace pulsebench::app
