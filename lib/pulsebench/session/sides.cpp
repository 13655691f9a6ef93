#include "pulsebench/session/sides.hpp"

#include <system_error>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

/// The commit is empty unless `text` is a revision.
Result<RevisionBuild> build_of(const std::string& text, const Session& session) {
  std::error_code ignored;
  const fs::path path = fs::absolute(text, ignored);  // as it is named: a program may look at that
  if (fs::is_regular_file(path, ignored)) return RevisionBuild{{}, {path}};
  if (fs::is_directory(path, ignored)) {
    const fs::path built = path / "bin" / "suites";
    auto found = run::executables_in(fs::is_directory(built, ignored) ? built : path);
    if (!found.empty()) return RevisionBuild{{}, std::move(found)};
    return fail(ErrorCode::not_found,
                "'" + printable(text) + "' has no executables, nor has bin/suites below it");
  }
  return build_revision(text, session);
}

}  // namespace

Result<SideSuites> open_side(const std::string& text, const Session& session) {
  PB_TRY(const RevisionBuild build, build_of(text, session));
  PB_TRY(auto suites, session.open_suites(build.executables));
  return SideSuites{.name = text, .commit = build.commit, .suites = std::move(suites)};
}

}  // namespace pulsebench::session
