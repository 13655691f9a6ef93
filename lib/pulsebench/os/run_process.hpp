#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// A program to run to its end.
struct Command {
  std::vector<std::string> argv = {};         ///< `argv[0]` is looked up on PATH; there is no shell
  std::vector<std::string> environment = {};  ///< NAME=VALUE sets a variable, NAME removes it
  std::chrono::milliseconds limit{10'000};    ///< a program that runs longer is ended
  std::filesystem::path folder = {};          ///< where it runs; empty: where we do
  std::filesystem::path log = {};  ///< a file for both of its outputs; empty: stdout is returned
  int interrupt = -1;              ///< ends the program when it becomes readable; -1: nothing does
};

/// What a program wrote and how it ended.
struct CommandOutput {
  int exit_code = 0;   ///< 128 + signal where a signal ended it
  std::string text;    ///< its stdout, at most 1 MiB; empty where it went to a log
  std::string errors;  ///< the first 4 KiB of its stderr; empty where it went to a log
};

/// Runs a program in a process group of its own, with nothing on stdin. A start that fails for a
/// shortage is tried again for 0.3 s. `not_found` where there is no such program; `child_failed`
/// where it did not end within its limit or wrote more than 1 MiB; `interrupted` where `interrupt`
/// became readable. Then the whole group receives SIGTERM, and after two seconds SIGKILL. Where
/// this process dies first, the program receives SIGTERM.
[[nodiscard]] Result<CommandOutput> run_process(const Command& command);

}  // namespace pulsebench::os
