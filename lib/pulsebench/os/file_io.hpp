#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// The whole content of `file`, with room for `slack` more bytes behind it. `-` is standard input.
/// `not_found` where there is none, `io` where it cannot be read or is no regular file.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file,
                                            std::size_t slack = 0);

/// Writes `content` to `file`, whole or not at all: a temporary file beside it, fsync, rename,
/// fsync of the folder. Makes the folders above it. On `io` what was there before is still there,
/// and the temporary file is not. `mode` is the new file's, less the umask.
[[nodiscard]] Result<void> write_whole(const std::filesystem::path& file, std::string_view content,
                                       unsigned mode = 0666);

/// "cannot <what> <path>: <why, by errno>".
[[nodiscard]] Failure io_failure(std::string_view what, const std::filesystem::path& path,
                                 int error_number);

}  // namespace pulsebench::os
