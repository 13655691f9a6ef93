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
/// whether tracked files differ, of the repository of `root`. `not_found` where `root` is in no
/// repository, or in one without a commit; `child_failed`, in git's own words, where it is in one
/// and its commit cannot be read within `limit`, which holds for all facts together. A fact beyond
/// the commit that cannot be read is empty, and a tree whose state cannot be read counts as
/// changed.
[[nodiscard]] Result<Git> read_git(const std::filesystem::path& root,
                                   std::chrono::milliseconds limit = std::chrono::seconds{2});

/// Runs `git` with `words` in the repository that `root` is in: without a shell, without hooks and
/// file monitor, without a question to the user. `how` adds a limit, variables and an interrupt.
/// Returns stdout without its last line end. Fails as `os::run_process` does; on another exit code
/// than 0 with what git wrote to stderr: `not_found` where `root` is in no repository or git is
/// silent, else `child_failed`.
[[nodiscard]] Result<std::string> run_git(const std::filesystem::path& root,
                                          const std::vector<std::string>& words,
                                          os::Command how = {});

/// Whether `folder` or one above it has a `.git`, or something there that cannot be looked at.
[[nodiscard]] bool may_be_in_repository(const std::filesystem::path& folder);

/// The names of our own environment variables by which git would take another repository than that
/// of the folder it works in, as a hook sets them. A program that works there must not have them.
[[nodiscard]] std::vector<std::string> repository_variables();

}  // namespace pulsebench::machine
