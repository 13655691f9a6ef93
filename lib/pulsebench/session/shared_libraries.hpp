#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// The shared libraries below the folder `built` that files with these contents name, and those
/// that these libraries name in turn. Of two libraries of one name, any.
[[nodiscard]] std::vector<std::filesystem::path> libraries_of(std::vector<std::string> contents,
                                                              const std::filesystem::path& built);

/// Copies these libraries into `folder`, whole and synced.
[[nodiscard]] Result<void> copy_libraries(const std::vector<std::filesystem::path>& libraries,
                                          const std::filesystem::path& folder);

/// The variable by which programs find the libraries in `folder` first, as "NAME=value".
[[nodiscard]] std::string library_variable(const std::filesystem::path& folder);

}  // namespace pulsebench::session
