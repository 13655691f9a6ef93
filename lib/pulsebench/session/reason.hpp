#pragma once

#include <cstddef>
#include <string>

#include "pulsebench/session/session.hpp"

/// What a person says when something slower is accepted.
namespace pulsebench::session {

/// The longest reason, in bytes: what a report shows of it.
inline constexpr std::size_t kLongestReason = 400;

/// `bad_input` where `reason` is blank, too long or not one printable line. `what` needs it, such
/// as "an approval".
[[nodiscard]] Result<void> check_reason(const std::string& reason, const std::string& what);

/// Git's user.name; empty where it is not set, and with a notice about `what` where git cannot
/// report it.
[[nodiscard]] std::string git_user_name(const Session& session, const std::string& what);

}  // namespace pulsebench::session
