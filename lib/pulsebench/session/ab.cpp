#include "pulsebench/session/ab.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/compare/approve.hpp"
#include "pulsebench/compare/counts.hpp"
#include "pulsebench/compare/observations.hpp"
#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/profile/demangle.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/run/callgrind.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/session/affected.hpp"
#include "pulsebench/session/command_lines.hpp"
#include "pulsebench/session/matching.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/session/source_files.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/session/timed_regressions.hpp"
#include "pulsebench/session/unpassed_variables.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using baseline::Document;
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

bool was_measured_with(const Document& result, const std::string& sum) {
  return std::any_of(result.suites.begin(), result.suites.end(),
                     [&](const SuiteBuild& suite) { return !sum.empty() && suite.sha256 == sum; });
}

bool was_measured_from(const Document& result, const std::string& commit) {
  return !commit.empty() && result.git.commit == commit && !result.git.dirty;
}

/// Marks, of what regressed, what was approved against the very build that the old side is: the run
/// that an approval names was measured with the benchmark's executable, or from the commit that the
/// side is, with nothing uncommitted.
void approve_live(compare::Comparison& comparison, const std::vector<baseline::Approval>& approvals,
                  const SideSuites& old_side, const Workspace& workspace) {
  if (approvals.empty() || comparison.count(compare::Verdict::regressed) == 0) return;
  const auto results = stored_envelopes(workspace.store).value_or(baseline::StoredRuns{}).runs;
  const auto sums = executable_sums(old_side);
  const compare::IsBase is_base = [&](const BenchmarkId& id, const std::string& run) {
    return std::any_of(results.begin(), results.end(), [&](const Document& result) {
      return result.run_id == run &&
             (was_measured_with(result, sums.at(id)) || was_measured_from(result, old_side.commit));
    });
  };
  compare::apply_approvals(comparison, approvals, is_base, today());
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

struct PreparedPair {
  config::Config config;
  PairedPlan plan;
  BothSides sides;
  std::vector<baseline::Approval> approvals;
  Matched matched;
  std::optional<Affected> affected = {};
};

Result<void> check_commands(const AbRequest& request) {
  if (request.new_side.empty() || request.merge_base || !request.rivals.empty() ||
      !request.maps.empty() || request.affected) {
    return fail(ErrorCode::bad_input,
                "--command compares two command lines: give both, without --merge-base, --rival, "
                "--map and --affected");
  }
  return {};
}

Result<void> check_request(const AbRequest& request) {
  if (request.commands) return check_commands(request);
  if (request.rivals.empty()) return {};
  if (!request.maps.empty() || request.merge_base || !request.new_side.empty() ||
      request.affected) {
    return fail(ErrorCode::bad_input,
                "--rival compares benchmarks of one program: name that program alone, without a "
                "new side, --map, --merge-base and --affected");
  }
  return {};
}

/// One program on both sides, where its benchmarks are rivals.
Result<BothSides> open_sides(const AbRequest& request, const Session& session) {
  if (request.commands) return open_commands(request.old_side, request.new_side, session);
  if (request.rivals.empty()) {
    return open_sides(request.old_side, request.new_side, request.merge_base,
                      request.paired.selection.options, session);
  }
  PB_TRY(const auto side, open_side(request.old_side, request.paired.selection.options, session));
  return BothSides{.old_side = side, .new_side = side};
}

Result<PreparedPair> prepare(const Session& session, const AbRequest& request) {
  PB_CHECK(check_request(request));
  const Workspace& workspace = session.workspace;
  config::Config config = gates_for(request.gates, workspace.config);
  PB_TRY(auto approvals, workspace.store.approvals());
  PB_TRY(auto plan, plan_pairs(session, request.paired, plan::Effort{}));
  PB_TRY(auto sides, open_sides(request, session));
  PB_TRY(auto matched, match_sides(sides, request, config, session));
  std::optional<Affected> affected;
  if (request.affected) {
    PB_TRY(affected, keep_affected(matched, sides, plan, session));
  }
  return PreparedPair{.config = std::move(config),
                      .plan = std::move(plan),
                      .sides = std::move(sides),
                      .approvals = std::move(approvals),
                      .matched = std::move(matched),
                      .affected = std::move(affected)};
}

compare::Comparison comparison_of(const AbRequest& request, const PreparedPair& prepared,
                                  const run::PairedRun& paired_run,
                                  const std::vector<compare::Gate>& gates,
                                  const std::vector<compare::LiveDecision>& decisions,
                                  const SourceFiles& sources) {
  const std::vector<run::Subject>& subjects = prepared.matched.subjects;
  compare::Comparison comparison;
  const auto& [old_side, new_side] = prepared.sides;
  comparison.base_name = old_side.name;
  comparison.candidate_name = new_side.name;
  comparison.base_origin = old_side.origin;
  comparison.candidate_origin = new_side.origin;
  comparison.rivals = !request.rivals.empty();
  comparison.judged = static_cast<int>(subjects.size());
  comparison.interval_level = compare::Live{}.interval_level;
  comparison.visit_share = visit_share(paired_run);
  comparison.seed = prepared.plan.seed;
  comparison.missing_allowed = request.gates.allow_missing;
  comparison.warnings = warnings_of(paired_run);
  if (!comparison.rivals && !old_side.commit.empty() && old_side.commit == new_side.commit) {
    comparison.warnings.push_back({.code = ReasonCode::same_binaries});
  }
  for (const std::string& rule : prepared.matched.unused_rules) {
    comparison.warnings.push_back({.code = ReasonCode::rule_unused, .texts = {rule}});
  }
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const run::PairedResult& paired = paired_run.subjects[i];
    Judged& judged = comparison.benchmarks.emplace_back(
        judged_of(subjects[i], paired, decisions[i], gates[i], prepared.matched.alike[i]));
    judged.info.source = sources.find(source_of(paired.new_side));
  }
  comparison.benchmarks.insert(comparison.benchmarks.end(), prepared.matched.left_out.begin(),
                               prepared.matched.left_out.end());
  for (Judged& judged : comparison.benchmarks) {
    const auto renamed = prepared.matched.old_ids.find(judged.info.id);
    if (renamed != prepared.matched.old_ids.end()) judged.base_id = renamed->second.text();
  }
  add_reach(comparison, prepared.affected);
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

}  // namespace

Result<CompareResult> ab(const Session& session, const AbRequest& request) {
  const run::Interrupt interrupt;  // also between the builds of the two sides
  PB_TRY(const PreparedPair prepared, prepare(session, request));
  const std::vector<run::Subject>& subjects = prepared.matched.subjects;
  const auto gates = gates_of(session, subjects, prepared.config);
  std::vector<compare::LiveDecision> decisions;
  for (const compare::Gate& gate : gates) {
    decisions.emplace_back(rule_of(gate, prepared.plan, subjects.size()));
  }
  const OnDecided tell = [&](std::size_t i) {
    Judged judged = before_blocks(subjects[i], gates[i]);
    take_decision(judged, decisions[i]);
    session.tell(judged);
  };
  const run::PairedRun paired_run = [&] {
    const TunedMachine machine{session, prepared.plan.placement, prepared.plan.no_tune};
    return decide_pairs(session, subjects, prepared.plan, machine, decisions,
                        session.progress("benchmarks"), tell);
  }();
  note_unpassed_variables(session, paired_run);
  CompareResult result{.comparison = comparison_of(request, prepared, paired_run, gates, decisions,
                                                   SourceFiles{session.workspace.root}),
                       .interrupted_by = paired_run.interrupted_by};
  approve_live(result.comparison, prepared.approvals, prepared.sides.old_side, session.workspace);
  if (result.interrupted_by == 0) {
    explain_regressions(result.comparison, request.explain, sides_in(subjects, paired_run.subjects),
                        session);
    if (request.explain.asked) {
      time_regressions(result.comparison, sides_in(subjects, paired_run.subjects), prepared.plan,
                       session);
    }
  }
  return result;
}

}  // namespace pulsebench::session
