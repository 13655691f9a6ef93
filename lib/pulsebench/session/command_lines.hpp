#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/config/config.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/session/sides.hpp"

/// Command lines that are measured as they are, without a configuration.
namespace pulsebench::session {

/// The suite that a command line is: `gzip -9 file`. Its metrics are `command:wall` and others.
/// `bad_input` where it is empty or a quote has no end.
[[nodiscard]] Result<run::Suite> open_command(const std::string& command, const Session& session);

/// The suite of `command`; where there is none, `open_programs`.
[[nodiscard]] Result<std::vector<run::Suite>> open_measured(
    const std::optional<std::string>& command, const std::vector<std::string>& executables,
    const run::ProgramOptions& added, const Session& session);

/// Two command lines as the sides of `ab`.
[[nodiscard]] Result<BothSides> open_commands(const std::string& old_command,
                                              const std::string& new_command,
                                              const Session& session);

/// Has the metrics of a command line judged by their own thresholds, unless the project has a
/// workload of its name.
void judge_commands(config::Config& config);

}  // namespace pulsebench::session
