#include "approve_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "exit_code.hpp"
#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/compare/compare.hpp"
#include "pulsebench/machine/git.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "stored_comparison.hpp"
#include "workspace.hpp"

namespace pulsebench::app {
namespace {

using baseline::Approval;
using compare::Judged;
using compare::Verdict;

constexpr std::size_t kLongestReason = 400;  // bytes: what a report shows of it

/// Who git says is at work here.
std::string whoever_works_here(const Workspace& workspace) {
  return printable(machine::run_git(workspace.root, {"config", "user.name"}).value_or(""), 60);
}

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
Result<void> check_slower(const Judged& judged, const BaselineApproveOptions& options) {
  if (judged.verdict == Verdict::regressed || judged.verdict == Verdict::inconclusive) return {};
  const std::string fact = judged.verdict == Verdict::not_judged
                               ? printable(judged.why())
                               : fmt::format("it changed by {:+.1f} %", judged.change.value);
  return fail(ErrorCode::bad_input,
              fmt::format("nothing to approve: {} did not regress in {} against {} ({})",
                          judged.info.id.text(), printable(options.candidate),
                          printable(options.base), fact));
}

Result<void> check_words(const BaselineApproveOptions& options) {
  const bool blank = options.reason.find_first_not_of(' ') == std::string::npos;
  if (blank) {
    return fail(ErrorCode::bad_input,
                "an approval needs a reason for whoever reviews it: --reason TEXT");
  }
  if (options.reason.size() > kLongestReason || !is_printable(options.reason)) {
    return fail(ErrorCode::bad_input,
                fmt::format("--reason: give one line of text, of at most {} bytes, without control "
                            "characters",
                            kLongestReason));
  }
  if (options.until.empty()) return {};
  if (!baseline::is_day(options.until)) {
    return fail(ErrorCode::bad_input, fmt::format("--until '{}': give a day, as in 2026-01-31",
                                                  printable(options.until, 40)));
  }
  if (options.until < today()) {
    return fail(ErrorCode::bad_input, fmt::format("--until {} is past", options.until));
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

Result<Approval> approval_of(const BaselineApproveOptions& options, const Workspace& workspace) {
  if (auto words = check_words(options); !words) return tl::unexpected{words.error()};
  const auto pair = workspace.store.load_pair(options.base, options.candidate);
  if (!pair) return tl::unexpected{pair.error()};
  const auto& [base, candidate] = *pair;
  if (auto same = compare::comparable(base, candidate); !same) return tl::unexpected{same.error()};
  const auto comparison = judge_stored({base, candidate, workspace.config}, options.base,
                                       options.candidate, workspace.store);
  const auto judged = find_judged(comparison, options.id);
  if (!judged) return tl::unexpected{judged.error()};
  if (auto slower = check_slower(**judged, options); !slower) return tl::unexpected{slower.error()};
  return Approval{.id = (*judged)->info.id,
                  .benchmark_version = (*judged)->info.version,
                  .base_run = base.run_id,
                  .change = rounded((*judged)->change),
                  .up_to = baseline::ceiling_of(accepted(**judged), (*judged)->threshold),
                  .reason = options.reason,
                  .by = whoever_works_here(workspace),
                  .on = today(),
                  .until = options.until,
                  .base_commit = base.git.commit,
                  .candidate_commit = candidate.git.commit};
}

std::string line_of(const Approval& approval) {
  return fmt::format("{}  {:+.1f} %, up to {:+.1f} %, by {} on {}{}{}: {}\n", approval.id.text(),
                     approval.change.value, approval.up_to.value,
                     approval.by.empty() ? "somebody" : printable(approval.by, 60),
                     printable(approval.on, 10), approval.until.empty() ? "" : ", until ",
                     approval.until, printable(approval.reason, kLongestReason));
}

Result<std::string> list(const std::vector<Approval>& approvals) {
  if (approvals.empty()) return std::string{"nothing is approved\n"};
  std::string lines;
  for (const Approval& approval : approvals) lines += line_of(approval);
  return lines;
}

/// All of a benchmark's, whatever baseline they were given against.
Result<std::string> take_back(const std::string& id, std::vector<Approval> approvals,
                              const baseline::Store& store) {
  std::vector<std::string_view> known;
  for (const Approval& approval : approvals) known.push_back(approval.id.text());
  if (std::find(known.begin(), known.end(), id) == known.end()) {
    const auto near = nearest(id, known);
    return fail(ErrorCode::not_found,
                fmt::format("'{}' is not approved{}", printable(id, 100),
                            near ? fmt::format("; did you mean {}?", *near) : ""));
  }
  std::erase_if(approvals, [&](const Approval& approval) { return approval.id.text() == id; });
  if (auto saved = store.save_approvals(approvals); !saved) return tl::unexpected{saved.error()};
  return "no longer approved: " + id + "\n";
}

Result<std::string> approve(const BaselineApproveOptions& options, const Workspace& workspace,
                            std::vector<Approval> approvals) {
  auto approval = approval_of(options, workspace);
  if (!approval) return tl::unexpected{approval.error()};
  std::string said =
      fmt::format("approved: {}in {}; commit it with the change, for review\n", line_of(*approval),
                  printable(workspace.store.approvals_file().string()));
  auto saved = workspace.store.save_approvals(
      baseline::with_approval(std::move(approvals), *std::move(approval)));
  if (!saved) return tl::unexpected{saved.error()};
  return said;
}

}  // namespace

int baseline_approve(const Invocation& invocation, const BaselineApproveOptions& options,
                     const Console& console) {
  const auto workspace = open_workspace(invocation.common);
  if (!workspace) return console.fail(workspace.error());
  auto approvals = workspace->store.approvals();
  if (!approvals) return console.fail(approvals.error());
  const auto said = options.list ? list(*approvals)
                    : options.remove
                        ? take_back(options.id, *std::move(approvals), workspace->store)
                        : approve(options, *workspace, *std::move(approvals));
  if (!said) return console.fail(said.error());
  const auto written = console.write(*said);
  return written ? kNothingGates : console.fail(written.error());
}

}  // namespace pulsebench::app
