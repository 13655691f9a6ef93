#include "pulsebench/os/temporary_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;

Result<TemporaryFolder> TemporaryFolder::make(fs::path parent) {
  std::error_code error;
  if (parent.empty()) parent = fs::temp_directory_path(error);
  std::string name = (parent / "pulsebench-XXXXXX").string();
  if (!error && mkdtemp(name.data()) != nullptr) return TemporaryFolder{name};  // mode 0700
  if (!error) error = {errno, std::generic_category()};
  return fail(ErrorCode::io, "cannot make a folder in '" + printable(parent.string()) + "': " +
                                 error.message() + "; set TMPDIR to a folder that can be written");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace pulsebench::os
