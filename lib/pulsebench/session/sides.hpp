#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct RevisionBuild {
  std::string commit;
  std::vector<std::filesystem::path> executables;
};

/// The suite executables of a git revision: checked out into a worktree below `.pulsebench/`, built
/// there by `build.command` of the configuration, copied to `.pulsebench/builds/<commit>/`, and
/// cleaned up. A commit that was built before is not built again. `not_found` where `revision` is
/// none, `child_failed` with the folder of the log where the build fails.
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
/// kept by commit. `not_found` where it is none of these.
[[nodiscard]] Result<SideSuites> open_side(const std::string& text, const Session& session);

}  // namespace pulsebench::session
