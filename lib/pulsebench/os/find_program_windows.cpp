#include <windows.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <system_error>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;

fs::path find_program(std::string_view name) {
  const char* const folders = std::getenv("PATH");
  for (const std::string& folder : split(folders == nullptr ? "" : folders, ';')) {
    if (!fs::path{folder}.is_absolute()) continue;
    for (const char* const ending : {"", ".exe"}) {
      fs::path program = fs::path{folder} / (std::string{name} + ending);
      if (is_executable(program)) return program;
    }
  }
  return {};
}

/// By its name, as for every program that starts others here.
bool is_executable(const fs::path& path) {
  std::error_code ignored;
  return path.extension() == ".exe" && fs::is_regular_file(path, ignored);
}

Result<fs::path> this_executable() {
  std::array<wchar_t, 32'768> name{};  // the longest path
  const DWORD size = ::GetModuleFileNameW(nullptr, name.data(), static_cast<DWORD>(name.size()));
  if (size > 0 && size < name.size()) return fs::path{std::wstring{name.data(), size}};
  return fail(ErrorCode::io, "Windows does not say which program this is");
}

}  // namespace pulsebench::os
