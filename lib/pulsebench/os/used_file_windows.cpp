#include "pulsebench/os/used_file.hpp"

namespace pulsebench::os {

/// An open file cannot be removed here.
void mark_used(const Descriptor&) {}

bool remove_unless_used(const GuardedFolder& files, const std::filesystem::path& file) {
  return files.remove(file).has_value();
}

}  // namespace pulsebench::os
