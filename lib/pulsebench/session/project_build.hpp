#pragma once

#include <filesystem>
#include <string>

#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// Runs `build.command` of the configuration in the root of the project, and returns the seconds
/// that it took; 0 where there is no such command, and a notice says so. `build_failed`, with the
/// folder of the log, where it fails; `interrupted` and its like on a signal.
[[nodiscard]] Result<double> build_project(const Session& session);

/// The error of a build that the signal ended; `what` begins the message.
[[nodiscard]] Failure interrupted_build(const std::string& what, int signal);

/// Shows the last lines of a log as notices.
void note_end_of(const std::filesystem::path& log, const Session& session);

}  // namespace pulsebench::session
