#pragma once

#include <map>
#include <string>
#include <vector>

#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct RevisionBuild {
  std::string commit;
  std::vector<run::Program> programs;
};

/// The programs of a git revision: checked out into a worktree below `.pulsebench/`, built there by
/// `build.command` of the configuration, copied from `build.suites` or from the entries of `suites`
/// to `.pulsebench/builds/<commit>/`, and cleaned up. A commit that was built before is not built
/// again. `not_found` where `revision` is none, `bad_input` without a build command, `child_failed`
/// with the folder of the log where the build fails.
[[nodiscard]] Result<RevisionBuild> build_revision(const std::string& revision,
                                                   const Session& session);

/// One side of `ab`: its name as the user wrote it, and its suites.
struct SideSuites {
  std::string name;
  std::string commit;  ///< of a git revision; else empty
  std::vector<run::Suite> suites;
};

/// The suites behind `text`: a folder of executables or a build folder that has them in
/// `bin/suites`, one executable, or a git revision, which is built by the configured command and
/// kept by commit. The programs get `added` beside the options of the configuration. `not_found`
/// where it is none of these.
[[nodiscard]] Result<SideSuites> open_side(const std::string& text,
                                           const run::ProgramOptions& added,
                                           const Session& session);

/// The SHA-256 of the executable behind each benchmark of a side; empty where it cannot be read.
[[nodiscard]] std::map<BenchmarkId, std::string> executable_sums(const SideSuites& side);

}  // namespace pulsebench::session
