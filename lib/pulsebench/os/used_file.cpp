#include "pulsebench/os/used_file.hpp"

#include <sys/file.h>

namespace pulsebench::os {

/// Where it is being removed there is no mark.
void mark_used(const Descriptor& opened) { ::flock(opened.number(), LOCK_SH | LOCK_NB); }

bool remove_unless_used(const GuardedFolder& files, const std::filesystem::path& file) {
  const auto opened = files.open(file);
  if (!opened || ::flock(opened->number(), LOCK_EX | LOCK_NB) != 0) return false;
  return files.remove(file).has_value();
}

}  // namespace pulsebench::os
