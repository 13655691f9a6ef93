#include "pulsebench/os/temporary_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;

Result<TemporaryFolder> TemporaryFolder::make(fs::path parent) {
  const char* const named = std::getenv("TMPDIR");
  if (parent.empty()) parent = named != nullptr && *named != '\0' ? named : "/tmp";
  std::string name = (parent / "pulsebench-XXXXXX").string();
  if (mkdtemp(name.data()) != nullptr) return TemporaryFolder{name};  // mode 0700
  return fail(ErrorCode::io, "cannot make a folder in '" + printable(parent.string()) +
                                 "': " + std::generic_category().message(errno) +
                                 "; set TMPDIR to a folder that can be written");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace pulsebench::os
