#include "pulsebench/session/reason.hpp"

#include <fmt/format.h>

#include "pulsebench/machine/git.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::session {

Result<void> check_reason(const std::string& reason, const std::string& what) {
  if (reason.find_first_not_of(' ') == std::string::npos) {
    return fail(ErrorCode::bad_input, what + " needs a reason for its reviewer: --reason TEXT");
  }
  if (reason.size() > kLongestReason || !is_printable(reason)) {
    return fail(ErrorCode::bad_input,
                fmt::format("--reason: give one line of text, of at most {} bytes, without control "
                            "characters",
                            kLongestReason));
  }
  return {};
}

std::string git_user_name(const Session& session, const std::string& what) {
  const auto name = machine::run_git(session.workspace.root, {"config", "user.name"});
  if (!name && name.error().code != ErrorCode::not_found) {
    session.notice(fmt::format("warning: {} has no name: {}", what, name.error().message));
  }
  return printable(name.value_or(""), 60);
}

}  // namespace pulsebench::session
