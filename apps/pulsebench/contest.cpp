#include "contest.hpp"

#include <algorithm>

#include "pulsebench/compare/block_change.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "tuning_context.hpp"

namespace pulsebench::app {

plan::Effort effort_of(const ContestOptions& options, const plan::Effort& usual) {
  return options.max_blocks ? plan::exactly(*options.max_blocks) : usual;
}

std::vector<compare::Gate> gates_of(const std::vector<run::Subject>& subjects,
                                    const config::Config& config) {
  const auto cpus = compare::cpus_of(machine::fingerprint(machine::Roots{}));
  std::vector<compare::Gate> gates;
  for (const run::Subject& subject : subjects) {
    gates.push_back(compare::gate_of(subject.info, config, cpus));
  }
  return gates;
}

compare::LiveRule rule_of(const compare::Gate& gate, const ContestOptions& options,
                          const ContestPlan& plan, std::size_t family) {
  return {.threshold = gate.threshold,
          .alpha = options.family_alpha,
          .family = static_cast<int>(family),
          .most_blocks = plan.effort.most_blocks};
}

bool decide(compare::LiveDecision& decision, const compare::BlockChange& block, bool last) {
  decision.add(block);
  if (last) decision.end();
  return decision.decided();
}

run::PairedRun contest(const std::vector<run::Subject>& subjects, const ContestPlan& plan,
                       const Ready& ready, const BlockJudge& judge,
                       const std::function<void(const run::Progress&)>& progress) {
  const run::PairedRunSettings settings{
      .sampling = plan.sampling,
      .cpus = {.measuring = plan.placement.measure, .thread_cpus = ready.thread_cpus},
      .process_settings = ready.process_settings,
      .seed = plan.seed,
      .effort = plan.effort,
      .budget_seconds = plan.budget_seconds};
  const run::Judge judge_visits = [&](std::size_t i, const Visit& old_side, const Visit& new_side,
                                      bool last) {
    return judge(i, compare::block_change(old_side, new_side), last);
  };
  return run::run_paired(subjects, settings, ready.interrupt, judge_visits, progress);
}

void on_tuned_machine(const machine::Placement& placement, bool no_tune, const Console& console,
                      const std::function<void(const Ready&)>& measure) {
  if (!placement.warning.empty()) console.note("warning: " + placement.warning);
  if (auto pinned = machine::pin_to(placement.orchestrate); !pinned) {
    console.note("warning: " + pinned.error().message);
  }
  auto tuning = tune(no_tune, placement, console);
  const run::Interrupt interrupt;
  measure({.process_settings = process_settings_for(tuning, no_tune, placement),
           .thread_cpus = thread_cpus_for(tuning, placement),
           .interrupt = interrupt});
  for (const std::string& line : tuning.put_back().left_alone) console.note("pulsebench: " + line);
}

double visit_share(const run::PairedRun& paired_run) {
  double in_visits = 0.0;
  for (const run::PairedResult& paired : paired_run.subjects) {
    for (const run::Measured* side : {&paired.old_side, &paired.new_side}) {
      for (const Visit& visit : side->visits) in_visits += visit.seconds;
    }
  }
  return paired_run.seconds > 0.0 ? in_visits / paired_run.seconds : 0.0;
}

std::optional<SideFailure> failure_of(const run::PairedResult& paired) {
  for (const auto& [side, name] : {std::pair{&paired.new_side, "new"}, {&paired.old_side, "old"}}) {
    const Status status = side->outcome.status;
    if (status == Status::ok || status == Status::not_measured) continue;
    return SideFailure{.side = name, .reason = side->outcome.reason};
  }
  return std::nullopt;
}

std::optional<NsPerOp> cost_of(const run::Measured& side) {
  if (side.visits.empty()) return std::nullopt;
  std::vector<double> quantiles;
  for (const Visit& visit : side.visits) quantiles.push_back(compare::low_quantile(visit));
  const auto middle = quantiles.begin() + static_cast<std::ptrdiff_t>(quantiles.size() / 2);
  std::nth_element(quantiles.begin(), middle, quantiles.end());
  return NsPerOp{*middle};
}

compare::Live live_of(const run::PairedResult& paired, const compare::LiveDecision& decision) {
  return {.blocks = paired.blocks,
          .seconds = paired.seconds,
          .guard = compare::name_of(decision.guard())};
}

void take_verdict(compare::Judged& judged, const compare::LiveDecision& decision) {
  judged.verdict = decision.verdict();
  judged.p_value = decision.p_value();
  judged.family = decision.rule().family;
  judged.change = judged.change_low = judged.change_high = decision.change();
  if (const auto interval = decision.interval()) {
    judged.change_low = interval->low;
    judged.change_high = interval->high;
  }
}

std::vector<std::string> warnings_of(const run::PairedRun& paired_run) {
  if (paired_run.aslr_off) return {};
  return {"address randomisation could not be switched off for the suites: results spread more"};
}

}  // namespace pulsebench::app
