#pragma once

#include <filesystem>
#include <string_view>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// Returns the program of that name in the absolute folders of PATH; empty if there is none.
[[nodiscard]] std::filesystem::path find_program(std::string_view name);

/// Returns true for a regular file that this user may execute.
[[nodiscard]] bool is_executable(const std::filesystem::path& path);

/// The file of the running program.
[[nodiscard]] Result<std::filesystem::path> this_executable();

/// The program of that name which belongs to the running one: beside it, or where it is installed.
/// `not_found` where it is in neither folder.
[[nodiscard]] Result<std::filesystem::path> find_own_program(std::string_view name);

}  // namespace pulsebench::os
