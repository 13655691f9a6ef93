#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pulsebench::os {

/// The paths below `folder` that `pattern` matches, by name: `*`, `?` and `[a-z]` stand for letters
/// of one part of the path. An absolute pattern stands alone.
[[nodiscard]] std::vector<std::filesystem::path> matches(const std::filesystem::path& folder,
                                                         const std::string& pattern);

/// Whether such a pattern matches a file's name.
[[nodiscard]] bool matches_name(const std::string& pattern, const std::string& name);

}  // namespace pulsebench::os
