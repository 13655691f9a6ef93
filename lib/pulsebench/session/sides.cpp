#include "pulsebench/session/sides.hpp"

#include <system_error>

#include "pulsebench/os/sha256.hpp"
#include "pulsebench/session/programs.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

/// The commit is empty unless `text` is a revision.
Result<RevisionBuild> build_of(const std::string& text, const Session& session) {
  std::error_code ignored;
  const fs::path path = fs::absolute(text, ignored);  // as it is named: a program may look at that
  if (fs::is_regular_file(path, ignored)) {
    return RevisionBuild{{}, {program_at(path, session.workspace)}};
  }
  if (fs::is_directory(path, ignored)) {
    const fs::path built = path / "bin" / "suites";
    RevisionBuild build;
    for (const auto& file : run::executables_in(fs::is_directory(built, ignored) ? built : path)) {
      build.programs.push_back(program_at(file, session.workspace));
    }
    if (!build.programs.empty()) return build;
    return fail(ErrorCode::not_found,
                "'" + printable(text) + "' has no executables, nor has bin/suites below it");
  }
  return build_revision(text, session);
}

}  // namespace

Result<SideSuites> open_side(const std::string& text, const run::ProgramOptions& added,
                             const Session& session) {
  PB_TRY(RevisionBuild build, build_of(text, session));
  add_options(build.programs, added);
  PB_TRY(auto suites, session.open_suites(build.programs));
  return SideSuites{.name = text, .commit = build.commit, .suites = std::move(suites)};
}

std::map<BenchmarkId, std::string> executable_sums(const SideSuites& side) {
  std::map<BenchmarkId, std::string> sums;
  for (const run::Suite& suite : side.suites) {
    const std::string sum = os::sha256_of_file(suite.executable).value_or("");
    for (const BenchmarkInfo& info : suite.benchmarks) sums.emplace(info.id, sum);
  }
  return sums;
}

}  // namespace pulsebench::session
