#include "pulsebench/session/ab.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "pulsebench/compare/approve.hpp"
#include "pulsebench/compare/counts.hpp"
#include "pulsebench/compare/observations.hpp"
#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/session/unpassed_variables.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/benchmark_name.hpp"

namespace pulsebench::session {
namespace {

using baseline::Document;
using compare::Judged;
using compare::Reason;
using compare::ReasonCode;
using compare::Verdict;

/// Where a benchmark lives in a side.
struct Place {
  const run::Suite* suite = nullptr;
  std::size_t index = 0;

  [[nodiscard]] const BenchmarkInfo& info() const { return suite->benchmarks[index]; }
};

using Places = std::map<BenchmarkId, Place>;

Places places_of(const std::vector<run::Suite>& suites) {
  Places places;
  for (const run::Suite& suite : suites) {
    for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
      places.emplace(suite.benchmarks[i].id, Place{&suite, i});
    }
  }
  return places;
}

Judged not_judged(const BenchmarkInfo& info, Reason why) {
  return {.info = info, .verdict = Verdict::not_judged, .reasons = {std::move(why)}};
}

/// Returns true where the suite says that it was built with aligned code, so that code placement
/// does not decide its figures (`cmake/PulsebenchAddSuite.cmake`). A foreign program says nothing.
bool is_aligned(const run::Suite& suite) {
  return std::any_of(suite.build.begin(), suite.build.end(), [](const auto& fact) {
    return fact.first == "flags" && fact.second.find("-falign-functions=64") != std::string::npos &&
           fact.second.find("-falign-loops=64") != std::string::npos;
  });
}

/// Returns true where code placement cannot be what makes the two differ.
bool are_placed_alike(const run::Suite& before, const run::Suite& now) {
  return before.executable == now.executable || (is_aligned(before) && is_aligned(now));
}

/// Why two benchmarks of one id do not measure the same thing; empty where they do.
std::optional<Reason> why_not_the_same(const Place& before, const Place& now) {
  if (before.info().version != now.info().version) {
    return Reason{.code = ReasonCode::other_version,
                  .numbers = {static_cast<double>(before.info().version),
                              static_cast<double>(now.info().version)}};
  }
  const auto by_hand = [](const Place& place) {
    return place.suite->driver == run::Driver::foreign &&
           wire::is_timed_by_hand(place.suite->native_names[place.index]);
  };
  if (by_hand(before) == by_hand(now)) return std::nullopt;
  return Reason{.code = ReasonCode::timed_by_hand};
}

/// The benchmarks to measure, and those that cannot be compared with anything.
struct Matched {
  std::vector<run::Subject> subjects;
  std::vector<bool> alike;  ///< for each subject: whether both builds place its code alike
  std::vector<Judged> left_out;
};

Matched match(const std::vector<run::Subject>& wanted, const Places& old_places,
              const Places& new_places) {
  Matched matched;
  for (const run::Subject& subject : wanted) {
    const auto found = old_places.find(subject.info.id);
    if (found == old_places.end()) {
      matched.left_out.push_back(not_judged(subject.info, {.code = ReasonCode::new_benchmark}));
    } else if (auto why = why_not_the_same(found->second, new_places.at(found->first))) {
      matched.left_out.push_back(not_judged(subject.info, *std::move(why)));
      matched.left_out.back().failed = true;
    } else {
      run::Subject both = subject;
      both.sides.insert(both.sides.begin(),
                        run::source_of(*found->second.suite, found->second.index));
      matched.subjects.push_back(std::move(both));
      matched.alike.push_back(
          are_placed_alike(*found->second.suite, *new_places.at(found->first).suite));
    }
  }
  return matched;
}

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

Judged judged_of(const run::Subject& subject, const run::PairedResult& paired,
                 const compare::LiveDecision& decision, const compare::Gate& gate, bool alike) {
  Judged judged{.info = subject.info};
  judged.base = cost_of(paired.old_side);
  judged.candidate = cost_of(paired.new_side);
  judged.threshold = gate.threshold;
  judged.gates = gate.gates;
  judged.oversubscribed = gate.oversubscribed;
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
  if (judged.verdict == Verdict::inconclusive) add({why_undecided(paired)});
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

struct PreparedPair {
  config::Config config;
  PairedPlan plan;
  SideSuites old_side;
  std::vector<baseline::Approval> approvals;
  Matched matched;
};

/// Adds what only the old side has.
void add_missing(Matched& matched, const SideSuites& old_side, const Places& new_places,
                 Selection selection, const config::Config& config, const Session& session) {
  selection.inject.clear();
  auto gone = select(old_side.suites, selection, config);
  if (!gone) return;  // nothing of it is asked for
  std::erase_if(*gone, [&](const run::Subject& had) { return new_places.count(had.info.id) != 0; });
  if (gone->empty()) return;
  const auto gates = gates_of(session, *gone, config);
  for (std::size_t i = 0; i < gone->size(); ++i) {
    Judged& judged =
        matched.left_out.emplace_back(not_judged((*gone)[i].info, {.code = ReasonCode::missing}));
    judged.missing = true;
    judged.gates = gates[i].gates;
    judged.oversubscribed = gates[i].oversubscribed;
  }
}

Result<void> check_common(const Matched& matched) {
  if (!matched.subjects.empty()) return {};
  for (const Judged& judged : matched.left_out) {
    if (!judged.failed) continue;
    return fail(ErrorCode::nothing_measured,
                "the two sides measure different things under the name '" + judged.info.id.text() +
                    "': another version of it, or another way to time it");
  }
  return fail(ErrorCode::not_comparable,
              "the two sides have no benchmark in common; compare their "
              "names with --benchmark_list_tests");
}

Result<PreparedPair> prepare(const Session& session, const AbRequest& request) {
  const Workspace& workspace = session.workspace;
  const config::Config config = gates_for(request.gates, workspace.config);
  PB_TRY(auto approvals, workspace.store.approvals());
  PB_TRY(auto plan, plan_pairs(session, request.paired, plan::Effort{}));
  const Selection& selection = request.paired.selection;
  PB_TRY(auto old_side, open_side(request.old_side, selection.options, session));
  PB_TRY(const auto new_side, open_side(request.new_side, selection.options, session));
  PB_TRY(const auto wanted, select(new_side.suites, selection, config));
  const Places new_places = places_of(new_side.suites);
  Matched matched = match(wanted, places_of(old_side.suites), new_places);
  add_missing(matched, old_side, new_places, selection, config, session);
  PB_CHECK(check_common(matched));
  return PreparedPair{.config = config,
                      .plan = std::move(plan),
                      .old_side = std::move(old_side),
                      .approvals = std::move(approvals),
                      .matched = std::move(matched)};
}

compare::Comparison comparison_of(const AbRequest& request, const PreparedPair& prepared,
                                  const run::PairedRun& paired_run,
                                  const std::vector<compare::Gate>& gates,
                                  const std::vector<compare::LiveDecision>& decisions) {
  const std::vector<run::Subject>& subjects = prepared.matched.subjects;
  compare::Comparison comparison;
  comparison.base_name = request.old_side;
  comparison.candidate_name = request.new_side;
  comparison.judged = static_cast<int>(subjects.size());
  comparison.interval_level = 0.95;
  comparison.visit_share = visit_share(paired_run);
  comparison.seed = prepared.plan.seed;
  comparison.missing_allowed = request.gates.allow_missing;
  comparison.warnings = warnings_of(paired_run);
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    comparison.benchmarks.push_back(judged_of(subjects[i], paired_run.subjects[i], decisions[i],
                                              gates[i], prepared.matched.alike[i]));
  }
  comparison.benchmarks.insert(comparison.benchmarks.end(), prepared.matched.left_out.begin(),
                               prepared.matched.left_out.end());
  return comparison;
}

}  // namespace

Result<CompareResult> ab(const Session& session, const AbRequest& request) {
  PB_TRY(const PreparedPair prepared, prepare(session, request));
  const std::vector<run::Subject>& subjects = prepared.matched.subjects;
  const auto gates = gates_of(session, subjects, prepared.config);
  std::vector<compare::LiveDecision> decisions;
  for (const compare::Gate& gate : gates) {
    decisions.emplace_back(rule_of(gate, prepared.plan, subjects.size()));
  }
  const run::PairedRun paired_run = [&] {
    const TunedMachine machine{session, prepared.plan.placement, prepared.plan.no_tune};
    return decide_pairs(session, subjects, prepared.plan, machine, decisions,
                        session.progress("benchmarks"));
  }();
  note_unpassed_variables(session, paired_run);
  CompareResult result{.comparison = comparison_of(request, prepared, paired_run, gates, decisions),
                       .interrupted_by = paired_run.interrupted_by};
  approve_live(result.comparison, prepared.approvals, prepared.old_side, session.workspace);
  return result;
}

}  // namespace pulsebench::session
