#include "sides.hpp"

#include <system_error>

#include "pulsebench/vocabulary/printable.hpp"
#include "revision_build.hpp"

namespace pulsebench::app {
namespace fs = std::filesystem;

namespace {

/// Empty commit: it is no revision.
Result<RevisionBuild> build_of(const std::string& text, const Workspace& workspace,
                               const Console& console) {
  std::error_code ignored;
  const fs::path path = fs::canonical(text, ignored);
  if (!ignored && fs::is_regular_file(path, ignored)) return RevisionBuild{{}, {path}};
  if (!ignored && fs::is_directory(path, ignored)) {
    const fs::path built = path / "bin" / "suites";
    auto found = run::executables_in(fs::is_directory(built, ignored) ? built : path);
    if (!found.empty()) return RevisionBuild{{}, std::move(found)};
    return fail(ErrorCode::not_found,
                "'" + printable(text) + "' has no executables, nor has bin/suites below it");
  }
  return build_revision(text, workspace, console);
}

}  // namespace

Result<SideSuites> open_side(const std::string& text, const Workspace& workspace,
                             const Console& console) {
  const auto build = build_of(text, workspace, console);
  if (!build) return tl::unexpected{build.error()};
  auto suites = run::open_suites(build->executables, workspace.config.sampling.launch_limit);
  if (!suites) return tl::unexpected{suites.error()};
  return SideSuites{.name = text, .commit = build->commit, .suites = *std::move(suites)};
}

}  // namespace pulsebench::app
