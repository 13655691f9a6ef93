#pragma once

#include <filesystem>
#include <string_view>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/os/file_io.hpp"

namespace pulsebench::os {

/// Makes a new file to write to, which a program that is started does not inherit. Where that
/// fails, the descriptor is not open, and errno says why.
[[nodiscard]] Descriptor make_new_file(const std::filesystem::path& file);

/// Replaces `target` by a file with `content`, whole or not at all: a temporary file in the folder
/// `staging`, brought to the disk, and renamed. Returns 0 or errno; then what was there before is
/// still there, and the temporary file is not.
[[nodiscard]] int replace_file(const std::filesystem::path& target, std::string_view content,
                               const std::filesystem::path& staging, Sync sync);

}  // namespace pulsebench::os
