#pragma once

#include <filesystem>
#include <string>
#include <vector>

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

}  // namespace pulsebench::session
