#include "pulsebench/session/session.hpp"

#include <fmt/chrono.h>

#include <ctime>
#include <random>
#include <system_error>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

fs::path suites_beside_this_executable() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path{} : self.parent_path() / "suites";
}

Result<std::vector<fs::path>> Session::find_suites(
    const std::vector<std::string>& executables) const {
  std::vector<fs::path> found;
  for (const std::string& executable : executables) {
    std::error_code error;
    fs::path path = fs::canonical(executable, error);
    if (error) {
      return fail(ErrorCode::not_found,
                  "--exe '" + printable(executable) + "': " + error.message());
    }
    found.push_back(std::move(path));
  }
  if (!found.empty()) return found;

  found = run::executables_in(environment.built_suites);
  if (!found.empty()) return found;

  std::string folders;
  for (const std::string& folder : workspace.config.suites) {
    folders += (folders.empty() ? "" : ", ") + printable(folder);
    for (auto& path : run::executables_in(workspace.root / folder))
      found.push_back(std::move(path));
  }
  if (!found.empty()) return found;
  return fail(ErrorCode::not_found,
              "no suites in " + (folders.empty() ? "the configuration" : folders) + " of " +
                  printable(workspace.root.string()) + "; build them, or name one with --exe");
}

std::uint64_t draw_seed() { return std::random_device{}(); }

std::string today() { return fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::time(nullptr))); }

}  // namespace pulsebench::session
