#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/os/run_process.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// Reads the commit, branch, merge base (with origin/main or main), commit date (RFC 3339) and
/// whether tracked files differ, of the repository of `root`. Runs `git` without a shell, without
/// locks, and without the repository's hooks or file monitor. Facts are empty without git,
/// repository or commit, or if git does not answer within `limit` in total.
[[nodiscard]] Git read_git(const std::filesystem::path& root,
                           std::chrono::milliseconds limit = std::chrono::seconds{2});

/// Runs `git` with `words` in the repository that `root` is in, without its hooks and its file
/// monitor; `how` adds a limit, variables and an interrupt. Returns stdout without its last line
/// end. Fails as `os::run_process` does, and with `child_failed` on another exit code than 0.
[[nodiscard]] Result<std::string> run_git(const std::filesystem::path& root,
                                          const std::vector<std::string>& words,
                                          os::Command how = {});

}  // namespace pulsebench::machine
