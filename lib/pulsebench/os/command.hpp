#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// What a short program said and how it ended.
struct CommandOutput {
  int exit_code = 0;  ///< 128 + signal where a signal ended it
  std::string text;   ///< its stdout, at most 1 MiB
};

/// Runs `argv[0]` (looked up on PATH) without a shell, with stdin and stderr on /dev/null, in a
/// process group of its own. `environment` lists NAME=VALUE to set, or NAME to take away.
/// `not_found` where there is no such program; `child_failed` where it did not end within `limit`
/// or said too much, and then its whole group is killed.
[[nodiscard]] Result<CommandOutput> run_command(const std::vector<std::string>& argv,
                                                const std::vector<std::string>& environment,
                                                std::chrono::milliseconds limit);

}  // namespace pulsebench::os
