#include "pulsebench/os/find_program.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace pulsebench::os {

std::filesystem::path find_program(std::string_view name) {
  const char* const folders = getenv("PATH");
  std::string_view left = folders == nullptr ? "/usr/bin:/bin" : folders;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find(':'), left.size());
    std::filesystem::path program = std::filesystem::path{left.substr(0, end)} / name;
    if (program.is_absolute() && access(program.c_str(), X_OK) == 0) return program;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return {};
}

}  // namespace pulsebench::os
