#include "revision_build.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "pulsebench/os/command.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::app {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kGitLimit{120};

Result<std::string> git(const fs::path& root, std::vector<std::string> words) {
  std::vector<std::string> argv{"git", "-C", root.string(), "-c", "core.fsmonitor=false"};
  argv.insert(argv.end(), words.begin(), words.end());
  auto output = os::run_command(argv, {}, kGitLimit);
  if (!output) return tl::unexpected{output.error()};
  if (output->exit_code != 0) {
    return fail(ErrorCode::child_failed, "git " + words.front() + " failed with exit code " +
                                             std::to_string(output->exit_code));
  }
  while (!output->text.empty() && output->text.back() == '\n') output->text.pop_back();
  return output->text;
}

Result<std::string> commit_of(const std::string& revision, const fs::path& root) {
  auto commit =
      git(root, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  if (commit) return commit;
  return fail(ErrorCode::not_found,
              "'" + printable(revision) + "' is neither a file, a folder nor a git revision");
}

/// Runs the configured command in `folder`, both its channels into `log`. Its exit code, or -1.
int run_shell(const std::string& command, const fs::path& folder, const fs::path& log) {
  const int pid = fork();
  if (pid < 0) return -1;
  if (pid == 0) {
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    const int in = open("/dev/null", O_RDONLY);
    if (out < 0 || in < 0 || chdir(folder.c_str()) != 0) _exit(127);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// A checked-out commit that is gone when this object is.
class Worktree {
 public:
  Worktree(fs::path root, fs::path folder) : root_(std::move(root)), folder_(std::move(folder)) {}
  Worktree(const Worktree&) = delete;
  Worktree& operator=(const Worktree&) = delete;
  ~Worktree() { discard(); }

  Result<void> check_out(const std::string& commit) {
    discard();  // what a killed run left
    auto added = git(root_, {"worktree", "add", "--detach", "--force", folder_.string(), commit});
    if (!added) return tl::unexpected{added.error()};
    return {};
  }

 private:
  void discard() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    [[maybe_unused]] const auto pruned = git(root_, {"worktree", "prune"});
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

Result<RevisionBuild> build_revision(const std::string& revision, const Workspace& workspace,
                                     const Console& console) {
  const auto commit = commit_of(revision, workspace.root);
  if (!commit) return tl::unexpected{commit.error()};
  const fs::path own = workspace.root / ".pulsebench";
  const fs::path kept = own / "builds" / *commit;
  if (auto found = run::executables_in(kept); !found.empty()) {
    return RevisionBuild{*commit, std::move(found)};
  }

  std::error_code error;
  fs::create_directories(own / "builds", error);
  const fs::path log = own / "builds" / (*commit + ".log");
  const fs::path folder = own / "worktrees" / *commit;
  Worktree worktree{workspace.root, folder};
  if (auto done = worktree.check_out(*commit); !done) return tl::unexpected{done.error()};
  const config::Build& build = workspace.config.build;
  console.note("building " + printable(revision) + " (" + commit->substr(0, 12) +
               "): " + printable(build.command));
  if (const int code = run_shell(build.command, folder, log); code != 0) {
    return fail(ErrorCode::child_failed, "the build of '" + printable(revision) +
                                             "' failed with exit code " + std::to_string(code) +
                                             "; see " + printable(log.string()));
  }
  const auto executables = run::executables_in(folder / build.suites);
  if (executables.empty()) {
    return fail(ErrorCode::not_found, "the build of '" + printable(revision) +
                                          "' left no executables in " + printable(build.suites) +
                                          "; set build.suites in config/pulsebench.json");
  }
  if (auto done = keep(executables, kept); !done) return tl::unexpected{done.error()};
  return RevisionBuild{*commit, run::executables_in(kept)};
}

}  // namespace pulsebench::app
