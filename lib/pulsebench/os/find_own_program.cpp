#include <string>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;

Result<fs::path> find_own_program(std::string_view name) {
  const fs::path self = this_executable().value_or(fs::path{});
  const fs::path here = self.parent_path();
  for (const fs::path& folder : {here, here.parent_path() / "libexec/pulsebench"}) {
    if (is_executable(folder / name)) return folder / name;
  }
  return fail(ErrorCode::not_found, "cannot find " + std::string{name} + " beside " +
                                        printable(self.string()) +
                                        " or in ../libexec/pulsebench; install pulsebench again");
}

}  // namespace pulsebench::os
