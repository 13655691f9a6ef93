#include "approve_command.hpp"

#include <fmt/format.h>

#include "context.hpp"
#include "exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

using baseline::Approval;

std::string line_of(const Approval& approval) {
  return fmt::format("{}  {:+.1f} %, up to {:+.1f} %, by {} on {}{}{}: {}\n", approval.id.text(),
                     approval.change.value, approval.up_to.value,
                     approval.by.empty() ? "unknown" : printable(approval.by, 60),
                     printable(approval.on, 10), approval.until.empty() ? "" : ", until ",
                     approval.until, printable(approval.reason, session::kLongestReason));
}

Result<std::string> list(const session::Session& session) {
  PB_TRY(const auto approvals, session.workspace.store.approvals());
  if (approvals.empty()) return std::string{"nothing is approved\n"};
  std::string lines;
  for (const Approval& approval : approvals) lines += line_of(approval);
  return lines;
}

Result<std::string> remove(const session::Session& session, const std::string& id) {
  PB_CHECK(session::remove_approvals(session, id));
  return "no longer approved: " + id + "\n";
}

Result<std::string> accept(const session::Session& session,
                           const session::ApproveRequest& request) {
  PB_TRY(const Approval approval, session::approve(session, request));
  return fmt::format("approved: {}in {}; commit it with the change, for review\n",
                     line_of(approval),
                     printable(session.workspace.store.approvals_file().string()));
}

}  // namespace

int baseline_approve(const Invocation& invocation, const BaselineApproveOptions& options,
                     const Console& console) {
  const auto session = open_session(invocation.common, console);
  if (!session) return console.fail(session.error());
  const auto text = options.list     ? list(*session)
                    : options.remove ? remove(*session, options.request.id)
                                     : accept(*session, options.request);
  if (!text) return console.fail(text.error());
  const auto written = console.write(*text);
  return written ? kNothingGates : console.fail(written.error());
}

}  // namespace pulsebench::app
