#include "pulsebench/session/paired_measurement.hpp"

#include "pulsebench/compare/block_change.hpp"
#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/machine/emulator.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/session/known_so_far.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {

Result<PairedPlan> plan_pairs(const Session& session, const PairedRequest& request,
                              const plan::Effort& usual) {
  PB_TRY(auto placement, place(session.environment.machine, request.cpus));
  return PairedPlan{.placement = std::move(placement),
                    .no_tune = request.no_tune,
                    .family_alpha = request.family_alpha,
                    .family = request.family,
                    .seed = request.seed ? *request.seed : draw_seed(),
                    .effort = request.max_blocks ? plan::exactly(*request.max_blocks) : usual,
                    .budget_seconds = request.budget_seconds};
}

std::vector<compare::Gate> gates_of(const Session& session,
                                    const std::vector<run::Subject>& subjects,
                                    const config::Config& config) {
  const auto cpus = compare::cpus_of(machine::fingerprint(session.environment.machine));
  std::vector<compare::Gate> gates;
  for (const run::Subject& subject : subjects) {
    gates.push_back(compare::gate_of(subject.info, config, cpus));
  }
  return gates;
}

compare::LiveRule rule_of(const compare::Gate& gate, const PairedPlan& plan, std::size_t family) {
  return {.threshold = gate.threshold,
          .alpha = plan.family_alpha,
          .family = static_cast<int>(family),
          .most_blocks = plan.effort.most_blocks};
}

run::PairedRun measure_pairs(const Session& session, const std::vector<run::Subject>& subjects,
                             const PairedPlan& plan, const TunedMachine& machine,
                             const BlockJudge& judge, const RunProgress& progress) {
  const run::PairedRunSettings settings{.sampling = session.workspace.config.sampling,
                                        .cpus = machine.cpus(),
                                        .process_settings = machine.process_settings(),
                                        .seed = plan.seed,
                                        .effort = plan.effort,
                                        .budget_seconds = plan.budget_seconds};
  const run::Judge judge_visits = [&](std::size_t i, const Visit& old_side, const Visit& new_side,
                                      bool last) {
    return judge(i, compare::block_change(old_side, new_side, subjects[i].info), last);
  };
  return session.environment.run_paired(subjects, settings, machine.interrupt(), judge_visits,
                                        progress);
}

run::PairedRun decide_pairs(const Session& session, const std::vector<run::Subject>& subjects,
                            const PairedPlan& plan, const TunedMachine& machine,
                            std::span<compare::LiveDecision> decisions, const RunProgress& progress,
                            const OnDecided& on_decided) {
  KnownSoFar known{subjects.size()};
  const BlockJudge judge = [&](std::size_t i, const compare::BlockChange& block, bool last) {
    decisions[i].add(block);
    if (last) decisions[i].end();
    known.update(i, decisions[i]);
    if (decisions[i].decided() && on_decided) on_decided(i);
    return decisions[i].decided();
  };
  const RunProgress with_known = [&](const run::Progress& now) {
    run::Progress told = now;
    told.known = known.text();
    if (progress) progress(told);
  };
  return measure_pairs(session, subjects, plan, machine, judge, with_known);
}

double visit_share(const run::PairedRun& paired_run) {
  double in_visits = 0.0;
  for (const run::PairedResult& paired : paired_run.subjects) {
    for (const Measured* side : {&paired.old_side, &paired.new_side}) {
      for (const Visit& visit : side->visits) in_visits += visit.seconds;
    }
  }
  return paired_run.seconds > 0.0 ? in_visits / paired_run.seconds : 0.0;
}

std::optional<compare::Reason> failure_of(const run::PairedResult& paired) {
  for (const auto& [measured, side] : {std::pair{&paired.new_side, compare::Side::new_side},
                                       {&paired.old_side, compare::Side::old_side}}) {
    const Status status = measured->outcome.status;
    if (status == Status::ok || status == Status::not_measured) continue;
    return compare::Reason{.code = compare::ReasonCode::side_failed,
                           .texts = {measured->outcome.reason},
                           .side = side};
  }
  return std::nullopt;
}

compare::Reason why_undecided(const compare::Judged& judged, const run::PairedResult& paired,
                              const compare::LiveDecision& decision) {
  if (!paired.settled) return {.code = compare::ReasonCode::out_of_time};
  return compare::why_undecided(judged, decision);
}

std::optional<Cost> cost_of(const Measured& side) {
  if (side.visits.empty()) return std::nullopt;
  std::vector<double> quantiles;
  for (const Visit& visit : side.visits) quantiles.push_back(compare::low_quantile(visit));
  return Cost{stats::median(quantiles), side.info.unit()};
}

compare::Live live_of(const run::PairedResult& paired, const compare::LiveDecision& decision) {
  return {.blocks = paired.blocks,
          .seconds = paired.seconds,
          .guard = std::string{name_of(decision.guard())},
          .changes = decision.changes()};
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

void take_decision(compare::Judged& judged, const compare::LiveDecision& decision) {
  take_verdict(judged, decision);
  judged.live = {.blocks = decision.blocks(),
                 .guard = std::string{name_of(decision.guard())},
                 .changes = decision.changes()};
}

std::vector<compare::Reason> warnings_of(const run::PairedRun& paired_run) {
  std::vector<compare::Reason> warnings;
  if (!paired_run.granted.aslr_off)
    warnings.push_back({.code = compare::ReasonCode::addresses_randomised});
  if (!paired_run.granted.pinned) warnings.push_back({.code = compare::ReasonCode::not_pinned});
  return warnings;
}

std::vector<compare::Reason> all_warnings_of(const run::PairedRun& paired_run,
                                             const Session& session) {
  std::vector<compare::Reason> warnings = warnings_of(paired_run);
  const std::string emulator =
      machine::emulator(session.environment.machine, machine::this_kernel().architecture());
  if (!emulator.empty()) {
    warnings.push_back({.code = compare::ReasonCode::emulated, .texts = {emulator}});
  }
  return warnings;
}

}  // namespace pulsebench::session
