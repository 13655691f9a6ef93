#include <windows.h>

#include <random>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/vocabulary/printable.hpp"

// Unlike on Linux, a folder stays behind where this process is killed.
namespace pulsebench::os {
namespace fs = std::filesystem;

Result<TemporaryFolder> TemporaryFolder::make(fs::path parent) {
  std::error_code error;
  if (parent.empty()) parent = fs::temp_directory_path(error);
  std::random_device random;
  const fs::path made = parent / fmt::format("pulsebench-{:08x}{:08x}", random(), random());
  if (!error && fs::create_directory(made, error)) return TemporaryFolder{made};
  return fail(ErrorCode::io, "cannot make a folder in '" + printable(parent.string()) + "': " +
                                 error.message() + "; set TMP to a folder that can be written");
}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace pulsebench::os
