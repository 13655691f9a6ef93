#pragma once

#include <chrono>
#include <filesystem>

#include "pulsebench/vocabulary/environment.hpp"

namespace pulsebench::machine {

/// The commit, branch, merge base (with origin/main or main), commit date (RFC 3339) and whether
/// tracked files differ, of the repository that `root` is in. Asks the `git` program, without a
/// shell, without taking locks, and without running the repository's hooks or file monitor. Facts
/// are empty where there is no git, no repository, no commit, or no answer within `limit` in all.
[[nodiscard]] Git read_git(const std::filesystem::path& root,
                           std::chrono::milliseconds limit = std::chrono::seconds{2});

}  // namespace pulsebench::machine
