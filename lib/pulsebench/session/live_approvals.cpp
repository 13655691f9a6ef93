#include "pulsebench/session/live_approvals.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/compare/approve.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/session/stored_comparison.hpp"

namespace pulsebench::session {
namespace {

using baseline::Document;

std::map<BenchmarkId, std::string> executable_sums(const SideSuites& side) {
  std::map<BenchmarkId, std::string> sums;
  for (const run::Suite& suite : side.suites) {
    const std::string sum = os::sha256_of_file(suite.executable).value_or("");
    for (const BenchmarkInfo& info : suite.benchmarks) sums.emplace(info.id, sum);
  }
  return sums;
}

bool was_measured_with(const Document& result, const std::string& sum) {
  return std::any_of(result.suites.begin(), result.suites.end(),
                     [&](const SuiteBuild& suite) { return !sum.empty() && suite.sha256 == sum; });
}

bool was_measured_from(const Document& result, const std::string& commit) {
  return !commit.empty() && result.git.commit == commit && !result.git.dirty;
}

}  // namespace

void approve_live(compare::Comparison& comparison, const std::vector<baseline::Approval>& approvals,
                  const SideSuites& old_side, const Workspace& workspace) {
  if (approvals.empty() || comparison.count(compare::Verdict::regressed) == 0) return;
  const auto results = stored_envelopes(workspace.store);
  const auto sums = executable_sums(old_side);
  const compare::IsBase is_base = [&](const BenchmarkId& id, const std::string& run) {
    return std::any_of(results.begin(), results.end(), [&](const Document& result) {
      return result.run_id == run &&
             (was_measured_with(result, sums.at(id)) || was_measured_from(result, old_side.commit));
    });
  };
  compare::apply_approvals(comparison, approvals, is_base, today());
}

}  // namespace pulsebench::session
