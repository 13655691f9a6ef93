#include "pulsebench/session/approve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "pulsebench/compare/compare.hpp"
#include "pulsebench/session/reason.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using baseline::Approval;
using compare::Judged;
using compare::Verdict;

Failure no_such_benchmark(const std::string& id, std::vector<std::string_view> known) {
  const auto near = nearest(id, known);
  return fail(ErrorCode::bad_input,
              fmt::format("no benchmark '{}'{}", printable(id, 100),
                          near ? fmt::format("; did you mean {}?", *near)
                               : " in the result; see pulsebench baseline show last"));
}

Result<const Judged*> find_judged(const compare::Comparison& comparison, const std::string& id) {
  std::vector<std::string_view> known;
  for (const Judged& judged : comparison.benchmarks) {
    if (judged.info.id.text() == id) return &judged;
    known.push_back(judged.info.id.text());
  }
  return no_such_benchmark(id, std::move(known));
}

/// Whether there is something to approve.
Result<void> check_slower(const Judged& judged, const ApproveRequest& request) {
  if (judged.verdict == Verdict::regressed || judged.verdict == Verdict::inconclusive) return {};
  const std::string fact = judged.verdict == Verdict::not_judged
                               ? std::string{"it was not judged"}
                               : fmt::format("it changed by {:+.1f} %", judged.change.value);
  return fail(ErrorCode::bad_input,
              fmt::format("nothing to approve: {} did not regress in {} against {} ({})",
                          judged.info.id.text(), printable(request.candidate),
                          printable(request.base), fact));
}

Result<void> check_words(const ApproveRequest& request) {
  PB_CHECK(check_reason(request.reason, "an approval"));
  if (request.until.empty()) return {};
  if (!baseline::is_day(request.until)) {
    return fail(ErrorCode::bad_input, fmt::format("--until '{}': give a day, as in 2026-01-31",
                                                  printable(request.until, 40)));
  }
  if (request.until < today()) {
    return fail(ErrorCode::bad_input, fmt::format("--until {} is past", request.until));
  }
  return {};
}

/// What the ceiling stands on. Of what two results cannot tell, no more than the threshold: a large
/// change that is mere noise would leave room for a real one.
Percent accepted(const Judged& judged) {
  return judged.verdict == Verdict::regressed ? judged.change
                                              : std::min(judged.change, judged.threshold);
}

/// To a hundredth, as a person reviews it.
Percent rounded(Percent percent) { return Percent{std::round(percent.value * 100.0) / 100.0}; }

Result<Approval> approval_of(const ApproveRequest& request, const Session& session) {
  const Workspace& workspace = session.workspace;
  PB_CHECK(check_words(request));
  PB_TRY(const auto pair, workspace.store.load_pair(request.base, request.candidate));
  const auto& [base, candidate] = pair;
  PB_CHECK(compare::comparable(base, candidate));
  PB_TRY(const auto comparison, judge_stored({base, candidate, workspace.config}, request.base,
                                             request.candidate, workspace.store));
  PB_TRY(const Judged* const judged, find_judged(comparison, request.id));
  PB_CHECK(check_slower(*judged, request));
  return Approval{.id = judged->info.id,
                  .benchmark_version = judged->info.version,
                  .base_run = base.run_id,
                  .change = rounded(judged->change),
                  .up_to = baseline::ceiling_of(accepted(*judged), judged->threshold),
                  .reason = request.reason,
                  .by = git_user_name(session, "the approval"),
                  .on = today(),
                  .until = request.until,
                  .base_commit = base.git.commit,
                  .candidate_commit = candidate.git.commit};
}

}  // namespace

Result<Approval> approve(const Session& session, const ApproveRequest& request) {
  const baseline::Store& store = session.workspace.store;
  PB_CHECK(store.approvals());
  PB_TRY(const Approval approval, approval_of(request, session));
  PB_CHECK(store.change_approvals([&](std::vector<Approval> approvals) {
    return Result<std::vector<Approval>>{baseline::with_approval(std::move(approvals), approval)};
  }));
  return approval;
}

Result<void> remove_approvals(const Session& session, const std::string& id) {
  const auto without = [&](std::vector<Approval> approvals) -> Result<std::vector<Approval>> {
    const auto removed =
        std::erase_if(approvals, [&](const Approval& one) { return one.id.text() == id; });
    if (removed > 0) return approvals;
    std::vector<std::string_view> known;
    for (const Approval& approval : approvals) known.push_back(approval.id.text());
    const auto near = nearest(id, known);
    return fail(ErrorCode::not_found,
                fmt::format("'{}' is not approved{}", printable(id, 100),
                            near ? fmt::format("; did you mean {}?", *near) : ""));
  };
  return session.workspace.store.change_approvals(without);
}

}  // namespace pulsebench::session
