#pragma once

#include <filesystem>

#include "pulsebench/os/guarded_folder.hpp"

namespace pulsebench::os {

/// Marks an open file as in use, as long as it is open, for `remove_unless_used`.
void mark_used(const Descriptor& opened);

/// Removes a file that no process has marked. Returns true if it is gone.
[[nodiscard]] bool remove_unless_used(const GuardedFolder& files,
                                      const std::filesystem::path& file);

}  // namespace pulsebench::os
