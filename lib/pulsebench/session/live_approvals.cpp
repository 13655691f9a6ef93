#include "pulsebench/session/live_approvals.hpp"

#include <algorithm>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/approve.hpp"
#include "pulsebench/session/stored_comparison.hpp"

namespace pulsebench::session {
namespace {

using baseline::Document;

bool was_measured_with(const Document& result, const std::string& sum) {
  return std::any_of(result.suites.begin(), result.suites.end(),
                     [&](const SuiteBuild& suite) { return !sum.empty() && suite.sha256 == sum; });
}

bool was_measured_from(const Document& result, const std::string& commit) {
  return !commit.empty() && result.git.commit == commit && !result.git.dirty;
}

}  // namespace

void approve_live(compare::Comparison& comparison, const std::vector<baseline::Approval>& approvals,
                  const OldBuild& old_build, const Workspace& workspace) {
  if (approvals.empty() || comparison.count(compare::Verdict::regressed) == 0) return;
  const auto results = stored_envelopes(workspace.store).value_or(baseline::StoredRuns{}).runs;
  const auto sum_of = [&](const BenchmarkId& id) {
    const auto found = old_build.sums.find(id);
    return found == old_build.sums.end() ? std::string{} : found->second;
  };
  const compare::IsBase is_base = [&](const BenchmarkId& id, const std::string& run) {
    return std::any_of(results.begin(), results.end(), [&](const Document& result) {
      return result.run_id == run &&
             (was_measured_with(result, sum_of(id)) || was_measured_from(result, old_build.commit));
    });
  };
  compare::apply_approvals(comparison, approvals, is_base, today());
}

}  // namespace pulsebench::session
