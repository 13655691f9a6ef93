#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// SHA-256 (FIPS 180-4) of `bytes`, 64 lower-case hex digits.
[[nodiscard]] std::string sha256_of(std::string_view bytes);

/// SHA-256 of the file's content, read in pieces. `not_found` where there is no such file, `io`
/// where it cannot be read or is not a regular file.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& file);

/// The same of an open file, which `path` names in errors.
[[nodiscard]] Result<std::string> sha256_of_file(const Descriptor& opened,
                                                 const std::filesystem::path& path);

}  // namespace pulsebench::os
