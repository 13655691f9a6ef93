#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct RevisionBuild {
  std::string commit;
  std::vector<run::Program> programs = {};
  std::filesystem::path folder = {};  ///< `{build}` of its workloads
  std::string libraries = {};  ///< the variable that finds the libraries of the build, if any
};

/// The programs of a git revision: checked out into a worktree below `.pulsebench/` with its
/// sub-modules, built there by `build.command` of the configuration, copied from `build.suites` or
/// from the entries of `suites` to `.pulsebench/builds/<commit>/`, and cleaned up. A commit that
/// was built before is not built again. `not_found` where `revision` is none, `bad_input` without a
/// build command, `build_failed` with the folder of the log where the build fails.
[[nodiscard]] Result<RevisionBuild> build_revision(const std::string& revision,
                                                   const Session& session);

/// The same of a commit, which messages call `name`.
[[nodiscard]] Result<RevisionBuild> build_commit(const std::string& name, const std::string& commit,
                                                 const Session& session);

/// One side of `ab`.
struct SideSuites {
  std::string name;    ///< as the user wrote it, or "working tree"
  std::string commit;  ///< that was built; empty where nothing was
  std::string origin;  ///< what was built, for the report; empty where nothing was
  std::vector<run::Suite> suites;
};

/// The suites behind `text`: a folder of executables or a build folder that has them in
/// `bin/suites`, one executable, or a git revision, which is built by the configured command and
/// kept by commit. The programs get `added` beside the options of the configuration. `not_found`
/// where it is none of these.
[[nodiscard]] Result<SideSuites> open_side(const std::string& text,
                                           const run::ProgramOptions& added,
                                           const Session& session);

struct BothSides {
  SideSuites old_side, new_side;
};

/// Opens both. An empty `new_text` is the working tree as it is, built in a work tree of its own as
/// a revision is, and `old_text` a revision then. With `merge_base` the old side is the commit
/// where the new side, a revision or the working tree, forked from `old_text`.
[[nodiscard]] Result<BothSides> open_sides(const std::string& old_text, const std::string& new_text,
                                           bool merge_base, const run::ProgramOptions& added,
                                           const Session& session);

/// The SHA-256 of the executable behind each benchmark of a side; empty where it cannot be read.
[[nodiscard]] std::map<BenchmarkId, std::string> executable_sums(const SideSuites& side);

}  // namespace pulsebench::session
