#pragma once

#include <filesystem>

#include "pulsebench/vocabulary/result.hpp"

/// What `GuardedFolder` says, whatever the system.
namespace pulsebench::os {

/// What cannot be written is never `not_found`: a missing folder above is no missing file.
[[nodiscard]] Failure refusal(const char* what, const std::filesystem::path& path, int error);

/// What is there in the place of a folder or a file.
struct OtherPart {
  const char* link = nullptr;  ///< "a symbolic link"; null: it is none
  bool is_folder = false;
};
[[nodiscard]] Failure refuse_part(const std::filesystem::path& path, const OtherPart& found,
                                  const char* expected);

}  // namespace pulsebench::os
