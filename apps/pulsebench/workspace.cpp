#include "workspace.hpp"

#include <system_error>

#include "pulsebench/config/load.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::app {
namespace fs = std::filesystem;

namespace {

Result<fs::path> root_of(const CommonOptions& common) {
  std::error_code error;
  if (common.root) {
    fs::path root = fs::canonical(*common.root, error);
    if (error || !fs::is_directory(root, error)) {
      return fail(ErrorCode::bad_input,
                  "--root '" + printable(*common.root) + "' is no folder; give the project's");
    }
    return root;
  }
  const fs::path here = fs::current_path(error);
  if (error) return fail(ErrorCode::io, "the current folder is gone; change to another");
  return config::find_root(here).value_or(here);
}

/// Those of the same build, never of another.
fs::path suites_beside_this_executable() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path{} : self.parent_path() / "suites";
}

}  // namespace

Result<Workspace> open_workspace(const CommonOptions& common) {
  auto root = root_of(common);
  if (!root) return tl::unexpected{root.error()};
  auto config = config::load_config(*root);
  if (!config) return tl::unexpected{config.error()};
  auto targets = config::load_targets(*root);
  if (!targets) return tl::unexpected{targets.error()};
  return Workspace{.root = *root,
                   .config = *std::move(config),
                   .targets = *std::move(targets),
                   .store = baseline::Store{*root}};
}

Result<std::vector<fs::path>> find_suites(const Workspace& workspace,
                                          const std::vector<std::string>& executables) {
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

  const fs::path beside = suites_beside_this_executable();
  if (!beside.empty()) found = run::executables_in(beside);
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

}  // namespace pulsebench::app
