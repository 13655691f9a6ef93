#include "pulsebench/session/compare.hpp"

#include "pulsebench/compare/approve.hpp"
#include "pulsebench/compare/compare.hpp"
#include "pulsebench/session/remeasure.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {

Result<CompareResult> compare(const Session& session, const CompareRequest& request) {
  const baseline::Store& store = session.workspace.store;
  PB_TRY(const auto pair, store.load_pair(request.base, request.candidate));
  PB_TRY(const auto approvals, store.approvals());
  const config::Config config = gates_for(request.gates, session.workspace.config);
  const Compared compared{.base = pair.first, .candidate = pair.second, .config = config};
  const auto same_machine = compare::comparable(compared.base, compared.candidate);
  if (!same_machine && !request.warn_on_mismatch) return Failure{same_machine.error()};

  CompareResult result{.comparison =
                           judge_stored(compared, request.base, request.candidate, store)};
  compare::Comparison& comparison = result.comparison;
  if (!same_machine) {
    comparison.warnings.insert(
        comparison.warnings.begin(),
        {.code = compare::ReasonCode::machines_differ, .texts = {same_machine.error().message}});
  }
  comparison.missing_allowed = request.gates.allow_missing;
  if (request.confirm) {
    PB_TRY(result.interrupted_by, remeasure_suspects(comparison, compared, request.again, session));
  }
  const auto is_base = [&](const BenchmarkId&, const std::string& run) {
    return run == compared.base.run_id;
  };
  compare::apply_approvals(comparison, approvals, is_base, today());
  return result;
}

}  // namespace pulsebench::session
