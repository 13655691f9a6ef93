#include "pulsebench/session/compare.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "pulsebench/compare/approve.hpp"
#include "pulsebench/compare/compare.hpp"
#include "pulsebench/run/callgrind.hpp"
#include "pulsebench/session/import.hpp"
#include "pulsebench/session/remeasure.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/session/side_binaries.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using baseline::BenchmarkResult;
using compare::Judged;
using compare::ReasonCode;

/// Gives the benchmarks of the old result the ids that the maps make.
Result<Renamed> rename(baseline::Document& base, const std::vector<Renaming>& maps) {
  if (maps.empty()) return Renamed{};
  std::vector<BenchmarkId> ids;
  for (const BenchmarkResult& benchmark : base.benchmarks) ids.push_back(benchmark.info.id);
  PB_TRY(Renamed renamed, rename_all(ids, maps, Meets::every_id));
  std::map<BenchmarkId, BenchmarkId> new_ids;
  for (const auto& [id, old_id] : renamed.old_ids) new_ids.emplace(old_id, id);
  for (BenchmarkResult& benchmark : base.benchmarks) {
    const auto found = new_ids.find(benchmark.info.id);
    if (found != new_ids.end()) benchmark.info.id = found->second;
  }
  return renamed;
}

/// Leaves out of the old result what the new one was not asked to measure.
void leave_out(baseline::Document& base, const CompareRequest& request,
               const config::Config& config, const baseline::Document& candidate) {
  if (!request.selection) return;
  run::Suite all;
  for (const BenchmarkResult& benchmark : base.benchmarks) {
    const auto was_run = [&](const SuiteBuild& suite) { return suite.name == benchmark.suite; };
    const bool asked = !request.only_its_suites || std::ranges::any_of(candidate.suites, was_run);
    if (asked) all.benchmarks.push_back(benchmark.info);
  }
  Selection selection = *request.selection;
  selection.inject.clear();
  std::set<BenchmarkId> selected;
  for (const auto& subject :
       select({all}, selection, config).value_or(std::vector<run::Subject>{})) {
    selected.insert(subject.info.id);
  }
  std::erase_if(base.benchmarks, [&](const BenchmarkResult& benchmark) {
    return selected.count(benchmark.info.id) == 0;
  });
}

/// `last` is the newest complete run: says so where a newer one is not complete.
void note_incomplete(const Session& session, const std::string& taken) {
  const auto newest = session.workspace.store.newest_run();
  if (!newest || newest->run_id == taken) return;
  session.notice("warning: the newest run, " + printable(newest->run_id, 60) + ", is incomplete (" +
                 printable(newest->incomplete_because, 100) + "); last is the run before it");
}

/// "run 20261127T231500Z-00c0de of 2026-11-27T23:15:00Z".
std::string origin_of(const baseline::Document& document) {
  return "run " + printable(document.run_id, 60) + " of " + printable(document.started, 30);
}

/// Both sides of a benchmark, as far as their executables were kept.
SidesOf stored_sides(const Compared& compared, const Renamed& renamed, SideBinaries& binaries) {
  return [&, bases = by_id(compared.base),
          candidates = by_id(compared.candidate)](const Judged& judged) -> Result<CountedSides> {
    const BenchmarkId& id = judged.info.id;
    const BenchmarkResult& base = *bases.at(id);
    PB_TRY(auto old_side, binaries.source_of(compared.base, base, renamed.old_id(id)));
    PB_TRY(auto new_side, binaries.source_of(compared.candidate, *candidates.at(id), id));
    return CountedSides{.old_side = std::move(old_side),
                        .new_side = std::move(new_side),
                        .operations = run::operations_to_count(base.batching)};
  };
}

}  // namespace

Result<CompareResult> compare(const Session& session, const CompareRequest& request) {
  const baseline::Store& store = session.workspace.store;
  auto loaded = store.load_pair(request.base, request.candidate, request.detail);
  if (!loaded) {
    const Error error = with_import_hint(loaded.error(), request.base);
    return Failure{with_import_hint(error, request.candidate)};
  }
  auto& pair = *loaded;
  PB_TRY(const auto approvals, store.approvals());
  const config::Config config = gates_for(request.gates, session.workspace.config);
  PB_TRY(const Renamed renamed, rename(pair.first, request.maps));
  leave_out(pair.first, request, config, pair.second);
  const Compared compared{.base = pair.first, .candidate = pair.second, .config = config};
  const auto same_machine = compare::comparable(compared.base, compared.candidate);
  if (!same_machine && !request.warn_on_mismatch) return Failure{same_machine.error()};

  const auto called = [](const std::string& name, const std::string& reference) {
    return name.empty() ? reference : name;
  };
  PB_TRY(auto judged, judge_stored(compared, called(request.base_called, request.base),
                                   called(request.called, request.candidate), store));
  CompareResult result{.comparison = std::move(judged)};
  compare::Comparison& comparison = result.comparison;
  if (request.base == "last") comparison.base_origin = origin_of(compared.base);
  if (request.candidate == "last") {
    comparison.candidate_origin = origin_of(compared.candidate);
    note_incomplete(session, compared.candidate.run_id);
  }
  if (!same_machine) {
    comparison.warnings.insert(
        comparison.warnings.begin(),
        {.code = compare::ReasonCode::machines_differ, .texts = {same_machine.error().message}});
  }
  for (const std::string& rule : renamed.unused) {
    comparison.warnings.push_back({.code = ReasonCode::rule_unused, .texts = {rule}});
  }
  for (Judged& one : comparison.benchmarks) {
    if (renamed.old_ids.count(one.info.id) != 0) one.base_id = renamed.old_id(one.info.id).text();
  }
  comparison.missing_allowed = request.gates.allow_missing;
  if (request.confirm) {
    PB_TRY(result.interrupted_by,
           remeasure_suspects(comparison, compared, renamed, request.again, session));
  }
  const auto is_base = [&](const BenchmarkId&, const std::string& run) {
    return run == compared.base.run_id;
  };
  compare::apply_approvals(comparison, approvals, is_base, today());
  if (same_machine && result.interrupted_by == 0) {
    SideBinaries binaries{session};
    explain_regressions(comparison, request.explain, stored_sides(compared, renamed, binaries),
                        session);
  }
  result.results = std::move(pair);
  return result;
}

}  // namespace pulsebench::session
