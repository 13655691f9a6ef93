#include "pulsebench/session/workspace.hpp"

#include <system_error>

#include "pulsebench/config/load.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

Result<fs::path> root_of(const std::optional<std::string>& asked) {
  std::error_code error;
  if (asked) {
    fs::path root = fs::canonical(*asked, error);
    if (error || !fs::is_directory(root, error)) {
      return fail(ErrorCode::bad_input,
                  "--root '" + printable(*asked) + "' is not a folder; give the project root");
    }
    return root;
  }
  const fs::path here = fs::current_path(error);
  if (error) return fail(ErrorCode::io, "the current folder no longer exists; change to another");
  return config::find_root(here).value_or(here);
}

}  // namespace

Result<Workspace> open_workspace(const std::optional<std::string>& asked) {
  PB_TRY(const fs::path root, root_of(asked));
  PB_TRY(auto config, config::load_config(root));
  PB_TRY(auto targets, config::load_targets(root));
  return Workspace{.root = root,
                   .config = std::move(config),
                   .targets = std::move(targets),
                   .store = baseline::Store{root}};
}

}  // namespace pulsebench::session
