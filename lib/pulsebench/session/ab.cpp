#include "pulsebench/session/ab.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/compare/counts.hpp"
#include "pulsebench/compare/observations.hpp"
#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/profile/demangle.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/run/callgrind.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/session/ab_plan.hpp"
#include "pulsebench/session/live_approvals.hpp"
#include "pulsebench/session/source_files.hpp"
#include "pulsebench/session/timed_regressions.hpp"
#include "pulsebench/session/unpassed_variables.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using compare::Judged;
using compare::Reason;
using compare::ReasonCode;
using compare::Verdict;

/// What the benchmark itself skipped, where that is no failure: on both sides, or on the old one
/// alone.
std::optional<Reason> skip_of(const run::PairedResult& paired) {
  if (paired.old_side.outcome.status != Status::skipped) return std::nullopt;
  switch (paired.new_side.outcome.status) {
    case Status::skipped:
      return compare::skipped_on_both(paired.new_side.outcome);
    case Status::ok:
    case Status::not_measured:
      return compare::no_measurement(compare::Side::old_side, paired.old_side.outcome);
    default:
      return std::nullopt;
  }
}

/// What is known of a benchmark before it is measured.
Judged before_blocks(const run::Subject& subject, const compare::Gate& gate) {
  Judged judged{.info = subject.info};
  judged.threshold = gate.threshold;
  judged.gates = gate.gates;
  judged.oversubscribed = gate.oversubscribed;
  return judged;
}

std::optional<SourceLine> source_of(const Measured& side) {
  return side.visits.empty() ? std::nullopt : side.visits.front().source;
}

Judged judged_of(const run::Subject& subject, const run::PairedResult& paired,
                 const compare::LiveDecision& decision, const compare::Gate& gate, bool alike) {
  Judged judged = before_blocks(subject, gate);
  judged.base = cost_of(paired.old_side);
  judged.candidate = cost_of(paired.new_side);
  judged.live = live_of(paired, decision);
  if (auto skip = skip_of(paired)) {
    judged.reasons.push_back(*std::move(skip));
    return judged;
  }
  if (auto failure = failure_of(paired)) {
    judged.failed = true;
    judged.reasons.push_back(*std::move(failure));
    return judged;
  }
  if (paired.blocks == 0) {
    judged.failed = true;
    judged.reasons.push_back({.code = ReasonCode::nothing_measured});
    return judged;
  }
  take_verdict(judged, decision);
  judged.layout_suspect = judged.verdict == Verdict::regressed && !alike;
  const auto add = [&](const std::vector<Reason>& seen) {
    judged.reasons.insert(judged.reasons.end(), seen.begin(), seen.end());
  };
  if (judged.verdict == Verdict::inconclusive) add({why_undecided(judged, paired, decision)});
  compare::note_processed(paired.old_side.visits.front().processed,
                          paired.new_side.visits.front().processed, judged);
  add(compare::explain(judged));
  if (gate.oversubscribed) add({compare::never_gates(judged.info)});
  add(compare::seen_live(paired.new_side.visits, compare::Side::new_side));
  add(compare::seen_live(paired.old_side.visits, compare::Side::old_side));
  return judged;
}

/// Says of those that were measured why they were.
void add_reach(compare::Comparison& comparison, const std::optional<Affected>& affected) {
  if (!affected) return;
  comparison.warnings.insert(comparison.warnings.end(), affected->warnings.begin(),
                             affected->warnings.end());
  for (Judged& judged : comparison.benchmarks) {
    const auto found = affected->reached.find(judged.info.id);
    if (found != affected->reached.end()) {
      const std::string name = profile::short_name(profile::demangle(found->second.c_str()));
      judged.reasons.push_back({.code = ReasonCode::executes_change, .texts = {name}});
    }
    if (affected->controls.contains(judged.info.id)) {
      judged.reasons.push_back({.code = ReasonCode::control});
    }
  }
}

compare::Comparison comparison_of(const Session& session, const AbRequest& request,
                                  const AbPlan& plan, const run::PairedRun& paired_run,
                                  const std::vector<compare::Gate>& gates,
                                  const std::vector<compare::LiveDecision>& decisions,
                                  const SourceFiles& sources) {
  const std::vector<run::Subject>& subjects = plan.matched.subjects;
  compare::Comparison comparison = before_measuring(request, plan);
  const std::vector<Judged> left_out = std::exchange(comparison.benchmarks, {});
  comparison.visit_share = visit_share(paired_run);
  const auto warnings = all_warnings_of(paired_run, session);
  comparison.warnings.insert(comparison.warnings.begin(), warnings.begin(), warnings.end());
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const run::PairedResult& paired = paired_run.subjects[i];
    Judged& judged = comparison.benchmarks.emplace_back(
        judged_of(subjects[i], paired, decisions[i], gates[i], plan.matched.alike[i]));
    judged.info.source = sources.find(source_of(paired.new_side));
  }
  comparison.benchmarks.insert(comparison.benchmarks.end(), left_out.begin(), left_out.end());
  for (Judged& judged : comparison.benchmarks) {
    const auto renamed = plan.matched.old_ids.find(judged.info.id);
    if (renamed != plan.matched.old_ids.end()) judged.base_id = renamed->second.text();
  }
  add_reach(comparison, plan.affected);
  return comparison;
}

/// Both sides of a benchmark as they were measured.
SidesOf sides_in(const std::vector<run::Subject>& subjects,
                 const std::vector<run::PairedResult>& results) {
  return [&](const Judged& judged) -> Result<CountedSides> {
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      if (subjects[i].info.id != judged.info.id) continue;
      return CountedSides{.old_side = subjects[i].sides[0],
                          .new_side = subjects[i].sides[1],
                          .operations = run::operations_to_count(results[i].old_side.batching)};
    }
    return fail(ErrorCode::not_found, "it was not measured");
  };
}

Result<CompareResult> measure(const Session& session, const AbRequest& request,
                              const AbPlan& plan) {
  const std::vector<run::Subject>& subjects = plan.matched.subjects;
  const auto gates = gates_of(session, subjects, plan.config);
  std::vector<compare::LiveDecision> decisions;
  for (const compare::Gate& gate : gates) {
    decisions.emplace_back(rule_of(gate, plan.paired, plan.family()));
  }
  const OnDecided tell = [&](std::size_t i) {
    Judged judged = before_blocks(subjects[i], gates[i]);
    take_decision(judged, decisions[i]);
    session.tell(judged);
  };
  const run::PairedRun paired_run = [&] {
    const TunedMachine machine{session, plan.paired.placement, plan.paired.no_tune};
    return decide_pairs(session, subjects, plan.paired, machine, decisions,
                        session.progress("benchmarks"), tell);
  }();
  note_unpassed_variables(session, paired_run);
  CompareResult result{.comparison = comparison_of(session, request, plan, paired_run, gates,
                                                   decisions, SourceFiles{session.workspace.root}),
                       .interrupted_by = paired_run.interrupted_by};
  const SideSuites& old_side = plan.sides.old_side;
  approve_live(result.comparison, plan.approvals,
               {.sums = executable_sums(old_side), .commit = old_side.commit}, session.workspace);
  if (result.interrupted_by == 0) {
    explain_regressions(result.comparison, request.explain, sides_in(subjects, paired_run.subjects),
                        session);
    if (request.explain.asked) {
      time_regressions(result.comparison, sides_in(subjects, paired_run.subjects), plan.paired,
                       session);
    }
  }
  return result;
}

}  // namespace

Result<CompareResult> ab(const Session& session, const AbRequest& request) {
  const run::Interrupt interrupt;  // also between the builds of the two sides
  PB_TRY(const AbPlan plan, plan_ab(session, request));
  return measure(session, request, plan);
}

Result<CompareResult> ab(const Session& session, const AbRequest& request, BothSides sides) {
  const run::Interrupt interrupt;
  PB_TRY(const AbPlan plan, plan_ab(session, request, std::move(sides)));
  return measure(session, request, plan);
}

}  // namespace pulsebench::session
