#include <chrono>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/git.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/file_lock.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/build_cache.hpp"
#include "pulsebench/session/programs.hpp"
#include "pulsebench/session/project_build.hpp"
#include "pulsebench/session/revisions.hpp"
#include "pulsebench/session/shared_libraries.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/session/workloads.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kGitLimit{120};
constexpr std::chrono::minutes kBuildLimit{60};

/// One build of one revision, from the lock on it to the kept executables.
class Building {
 public:
  Building(const std::string& revision, const std::string& commit, const Session& session)
      : session_(session),
        root_(session.workspace.root),
        config_(session.workspace.config),
        entries_(built_entries(config_)),
        cache_(root_, build_facts(config_, machine::fingerprint(session.environment.machine).key)),
        revision_(printable(revision)),
        commit_(commit),
        name_(cache_.name_of(commit)),
        worktrees_(root_ / ".pulsebench" / "worktrees") {}

  /// The build, if it is there.
  [[nodiscard]] Result<std::optional<RevisionBuild>> find() const {
    const auto folder = cache_.find(name_);
    if (!folder) return std::nullopt;
    RevisionBuild build{.commit = commit_, .folder = *folder / config_.build.suites};
    PB_TRY(build.programs, programs_in(*folder, entries_, session_.workspace));
    const fs::path libraries = *folder / BuildCache::kLibraryFolder;
    std::error_code ignored;
    if (!fs::is_directory(libraries, ignored)) return build;
    build.libraries = library_variable(libraries);
    for (run::Program& program : build.programs) {
      auto& variables = program.options.environment;
      variables.insert(variables.begin(), build.libraries);  // those of the project win
    }
    return build;
  }

  /// Builds, unless another process has done so meanwhile.
  [[nodiscard]] Result<std::optional<RevisionBuild>> make() {
    if (config_.build.command.empty()) {
      return fail(ErrorCode::bad_input, session_.workspace.config_file() +
                                            " has no build.command, by which '" + revision_ +
                                            "' could be built; add it, or give a build folder");
    }
    std::error_code error;
    fs::create_directories(cache_.folder(), error);
    if (error) return os::io_failure("create", cache_.folder(), error.value());
    PB_TRY(const auto lock, take_lock());
    if (auto found = find(); !found || *found) return found;
    discard_stale_worktrees();
    auto kept = check_out_and_build();
    discard(worktree());  // also where the build failed
    if (kept) cache_.prune();
    return kept;
  }

 private:
  [[nodiscard]] fs::path worktree() const { return worktrees_ / name_; }

  /// The folder of the work tree that the root is in the repository.
  [[nodiscard]] fs::path project() const {
    const auto prefix = machine::run_git(root_, {"rev-parse", "--show-prefix"});
    return (worktree() / prefix.value_or("")).lexically_normal();
  }

  [[nodiscard]] fs::path top_level() const {
    return machine::run_git(root_, {"rev-parse", "--show-toplevel"}).value_or(root_.string());
  }

  Failure interrupted() const {
    return interrupted_build("the build of '" + revision_ + "'", interrupt_.signal());
  }

  Result<os::FileLock> take_lock() const {
    auto lock = os::FileLock::take(
        cache_.lock_of(name_),
        {.patience = kBuildLimit,
         .on_wait =
             [&](const std::string& holder) {
               session_.notice(fmt::format("{} is being built by {}: waiting", revision_, holder));
             },
         .interrupt = interrupt_.descriptor()});
    if (!lock && lock.error().code == ErrorCode::interrupted) return interrupted();
    return lock;
  }

  void discard(const fs::path& folder) const {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    [[maybe_unused]] const auto pruned =
        machine::run_git(root_, {"worktree", "prune"}, {.limit = kGitLimit});
  }

  /// Removes what killed builds left: work trees whose lock nobody holds.
  void discard_stale_worktrees() const {
    std::error_code ignored;
    for (fs::directory_iterator entry{worktrees_, ignored}, end; entry != end;
         entry.increment(ignored)) {
      const fs::path lock_file = cache_.lock_of(entry->path().filename().string());
      const auto lock = os::FileLock::try_take(lock_file);
      if (!lock || !*lock) continue;
      discard(entry->path());
      fs::remove(lock_file, ignored);
    }
    discard(worktree());
  }

  Result<std::optional<RevisionBuild>> check_out_and_build() const {
    const auto added =
        machine::run_git(root_, {"worktree", "add", "--detach", "--force", worktree(), commit_},
                         {.limit = kGitLimit, .interrupt = interrupt_.descriptor()});
    if (!added && added.error().code == ErrorCode::interrupted) return interrupted();
    PB_CHECK(added);
    const auto submodules = check_out_submodules(worktree(), top_level(), interrupt_.descriptor());
    if (!submodules && submodules.error().code == ErrorCode::interrupted) return interrupted();
    PB_CHECK(submodules);
    session_.notice(fmt::format("building {} ({}): {}", revision_, commit_.substr(0, 12),
                                printable(config_.build.command)));
    PB_CHECK(run_command());
    auto built = programs_in(project(), entries_, session_.workspace);
    if (!built) {
      return fail(built.error().code,
                  "after the build of '" + revision_ + "', " + built.error().message);
    }
    for (const fs::path& file : built_files(config_, place_in(project(), config_))) {
      if (!is_named(file, *built)) built->push_back({.executable = file});
    }
    PB_CHECK(cache_.keep(name_, project(), *built));
    return find();
  }

  Result<void> run_command() const {
    const fs::path log = cache_.log_of(name_);
    const auto built = os::run_process({.argv = shell(),
                                        .environment = machine::repository_variables(),
                                        .limit = kBuildLimit,
                                        .folder = project(),
                                        .log = log,
                                        .interrupt = interrupt_.descriptor()});
    if (!built && built.error().code == ErrorCode::interrupted) return interrupted();
    if (built && built->exit_code == 0) return {};
    note_end_of(log, session_);
    return fail(
        ErrorCode::build_failed,
        fmt::format("the build of '{}' failed{}; build.command in {} is '{}', and its output is "
                    "in {}",
                    revision_,
                    built ? fmt::format(" with exit code {}", built->exit_code)
                          : ": " + built.error().message,
                    session_.workspace.config_file(), printable(config_.build.command),
                    printable(log.string())));
  }

  /// The shell that runs the command. SIGTERM reaches it alone where pulsebench is killed: it ends
  /// everything that it started, after two seconds by force, and removes the work tree.
  [[nodiscard]] std::vector<std::string> shell() const {
    constexpr const char* kScript =
        "trap 'trap \"\" TERM; kill 0; (sleep 2; kill -9 0) & wait \"$build\"; "
        "rm -rf -- \"$2\"; git -C \"$3\" worktree prune; kill -9 0' TERM\n"
        "sh -c \"$1\" & build=$!\n"
        "wait \"$build\"";
    return {"/bin/sh", "-c", kScript, "sh", config_.build.command, worktree(), root_};
  }

  const Session& session_;
  fs::path root_;
  const config::Config& config_;
  std::vector<config::SuiteEntry> entries_;
  BuildCache cache_;
  std::string revision_, commit_, name_;
  fs::path worktrees_;
  run::Interrupt interrupt_;  ///< ends the build
};

}  // namespace

Result<RevisionBuild> build_commit(const std::string& name, const std::string& commit,
                                   const Session& session) {
  Building building{name, commit, session};
  PB_TRY(auto found, building.find());
  if (!found) {
    PB_TRY(found, building.make());
  }
  return *std::move(found);
}

Result<RevisionBuild> build_revision(const std::string& revision, const Session& session) {
  PB_TRY(const auto& commit, commit_of(revision, session.workspace.root));
  return build_commit(revision, commit, session);
}

}  // namespace pulsebench::session
