#include "pulsebench/session/sides.hpp"

#include <chrono>
#include <csignal>
#include <system_error>

#include "pulsebench/machine/git.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kGitLimit{120};
constexpr std::chrono::minutes kBuildLimit{60};

Result<std::string> commit_of(const std::string& revision, const fs::path& root) {
  const std::vector<std::string> words{"rev-parse", "--verify", "--quiet", "--end-of-options",
                                       revision + "^{commit}"};
  auto commit = machine::run_git(root, words, {.limit = kGitLimit});
  if (commit) return commit;
  return fail(ErrorCode::not_found,
              "'" + printable(revision) + "' is neither a file, a folder nor a git revision");
}

/// The shell command that runs `command` and passes SIGTERM on to everything it started: it may
/// reach this shell alone, when pulsebench dies.
std::vector<std::string> build_shell(const std::string& command) {
  return {"/bin/sh", "-c",
          "trap 'trap \"\" TERM; kill 0; wait; exit 143' TERM; sh -c \"$1\" & wait \"$!\"", "sh",
          command};
}

/// A checked-out commit that is gone when this object is.
class Worktree {
 public:
  Worktree(fs::path root, fs::path folder) : root_(std::move(root)), folder_(std::move(folder)) {}
  Worktree(const Worktree&) = delete;
  Worktree& operator=(const Worktree&) = delete;
  ~Worktree() { discard(); }

  Result<void> check_out(const std::string& commit, int interrupt) {
    discard();  // what a killed run left
    PB_CHECK(machine::run_git(root_,
                              {"worktree", "add", "--detach", "--force", folder_.string(), commit},
                              {.limit = kGitLimit, .interrupt = interrupt}));
    return {};
  }

 private:
  void discard() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    [[maybe_unused]] const auto pruned =
        machine::run_git(root_, {"worktree", "prune"}, {.limit = kGitLimit});
  }

  fs::path root_, folder_;
};

/// Copies whole, then renames: a build folder that exists is complete.
Result<void> keep(const std::vector<fs::path>& executables, const fs::path& kept) {
  const fs::path partial = kept.string() + ".partial";
  std::error_code error;
  fs::remove_all(partial, error);
  fs::create_directories(partial, error);
  for (const fs::path& executable : executables) {
    if (!error) fs::copy_file(executable, partial / executable.filename(), error);
  }
  if (!error) fs::rename(partial, kept, error);
  if (!error) return {};
  return fail(ErrorCode::io,
              "cannot keep the build in '" + printable(kept.string()) + "': " + error.message());
}

}  // namespace

Result<RevisionBuild> build_revision(const std::string& revision, const Session& session) {
  const Workspace& workspace = session.workspace;
  PB_TRY(const std::string commit, commit_of(revision, workspace.root));
  const fs::path own = workspace.root / ".pulsebench";
  const fs::path kept = own / "builds" / commit;
  if (auto found = run::executables_in(kept); !found.empty()) {
    return RevisionBuild{commit, std::move(found)};
  }

  std::error_code error;
  fs::create_directories(own / "builds", error);
  const fs::path log = own / "builds" / (commit + ".log");
  const fs::path folder = own / "worktrees" / commit;
  const run::Interrupt interrupt;  // ends the build, and the work tree below is removed
  Worktree worktree{workspace.root, folder};
  PB_CHECK(worktree.check_out(commit, interrupt.descriptor()));
  const config::Build& build = workspace.config.build;
  session.notice("building " + printable(revision) + " (" + commit.substr(0, 12) +
                 "): " + printable(build.command));
  const auto built = os::run_process({.argv = build_shell(build.command),
                                      .limit = kBuildLimit,
                                      .folder = folder,
                                      .log = log,
                                      .interrupt = interrupt.descriptor()});
  if (!built && built.error().code == ErrorCode::interrupted) {
    return fail(interrupt.signal() == SIGTERM ? ErrorCode::terminated : ErrorCode::interrupted,
                "the build of '" + printable(revision) + "' was interrupted");
  }
  if (!built || built->exit_code != 0) {
    const std::string why = !built ? ": " + built.error().message
                                   : " with exit code " + std::to_string(built->exit_code);
    return fail(ErrorCode::child_failed, "the build of '" + printable(revision) + "' failed" + why +
                                             "; see " + printable(log.string()));
  }
  const auto executables = run::executables_in(folder / build.suites);
  if (executables.empty()) {
    return fail(ErrorCode::not_found, "the build of '" + printable(revision) +
                                          "' left no executables in " + printable(build.suites) +
                                          "; set build.suites in config/pulsebench.json");
  }
  PB_CHECK(keep(executables, kept));
  return RevisionBuild{commit, run::executables_in(kept)};
}

}  // namespace pulsebench::session
