#include "pulsebench/os/find_program.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace pulsebench::os {
namespace fs = std::filesystem;

fs::path find_program(std::string_view name) {
  const char* const folders = getenv("PATH");
  std::string_view left = folders == nullptr ? "/usr/bin:/bin" : folders;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find(':'), left.size());
    fs::path program = fs::path{left.substr(0, end)} / name;
    if (program.is_absolute() && access(program.c_str(), X_OK) == 0) return program;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return {};
}

bool is_executable(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

Result<fs::path> this_executable() {
  std::error_code error;
  fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (!error) return self;
  return fail(ErrorCode::io, "/proc/self/exe cannot be read: " + error.message());
}

}  // namespace pulsebench::os
