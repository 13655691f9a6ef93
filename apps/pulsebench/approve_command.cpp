#include <fmt/format.h>

#include "commands.hpp"
#include "option_group.hpp"
#include "pulsebench/session/approve.hpp"
#include "pulsebench/session/reason.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
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

struct ApproveCommand {
  session::ApproveRequest request;
  bool list = false;
  bool remove = false;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}.text("ID", request.id, "the benchmark");
    OptionGroup approval{app, "Approval"};
    approval.text("--reason TEXT", request.reason, "why the regression is accepted");
    approval.text("--until DAY", request.until, "the last day on which it holds (default: no end)");
    approval.text("--base RESULT", request.base, "the result it was compared with (default main)");
    approval.text("--new RESULT", request.candidate,
                  "the result in which it regressed (default last)");
    approval.flag("--list", list, "show what is approved");
    approval.flag("--remove", remove, "remove the approval");
    show_examples(app,
                  {"pulsebench baseline approve budget/consume --reason 'checks for overflow'",
                   "pulsebench baseline approve budget/consume --reason '#12' --until 2027-01-31",
                   "pulsebench baseline approve --list"});
  }

  Result<int> execute(Context& context) const {
    if (request.id.empty() && !list) {
      return fail(ErrorCode::bad_input,
                  "which benchmark? give its id, or --list to see what is approved");
    }
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const std::string text, list     ? listed(session)
                                   : remove ? removed(session)
                                            : approved(session));
    PB_CHECK(context.console.write(text));
    return kNothingGates;
  }

  static Result<std::string> listed(const session::Session& session) {
    PB_TRY(const auto approvals, session.workspace.store.approvals());
    if (approvals.empty()) return std::string{"nothing is approved\n"};
    std::string lines;
    for (const Approval& approval : approvals) lines += line_of(approval);
    return lines;
  }

  [[nodiscard]] Result<std::string> removed(const session::Session& session) const {
    PB_CHECK(session::remove_approvals(session, request.id));
    return "no longer approved: " + request.id + "\n";
  }

  [[nodiscard]] Result<std::string> approved(const session::Session& session) const {
    PB_TRY(const Approval approval, session::approve(session, request));
    return fmt::format("approved: {}in {}; commit it with the change, for review\n",
                       line_of(approval),
                       printable(session.workspace.store.approvals_file().string()));
  }
};

}  // namespace

Execute declare_approve(CLI::App& app) { return declared<ApproveCommand>(app); }

}  // namespace pulsebench::app
