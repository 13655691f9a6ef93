#include "pulsebench/machine/git.hpp"

#include <string>
#include <vector>

#include "pulsebench/os/command.hpp"
#include "pulsebench/os/pseudo_file.hpp"

namespace pulsebench::machine {
namespace {

using Clock = std::chrono::steady_clock;

/// One repository, asked until the time is up.
class Asking {
 public:
  Asking(const std::filesystem::path& root, std::chrono::milliseconds limit)
      : root_(root.string()), deadline_(Clock::now() + limit) {}

  /// The output without its last line end; empty where git failed or ran out of time.
  std::string operator()(const std::vector<std::string>& arguments) const {
    // The repository may be a stranger's: nothing its configuration names is run, except the
    // clean filters that `status` needs to compare a file that was touched.
    std::vector<std::string> argv{"git",
                                  "-C",
                                  root_,
                                  "-c",
                                  "core.fsmonitor=false",
                                  "-c",
                                  "core.hooksPath=/dev/null",
                                  "-c",
                                  "log.showSignature=false"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    // A hook's GIT_DIR would point at another repository than `root`.
    static const std::vector<std::string> kEnvironment{"LC_ALL=C",
                                                       "GIT_OPTIONAL_LOCKS=0",
                                                       "GIT_TERMINAL_PROMPT=0",
                                                       "GIT_NO_LAZY_FETCH=1",
                                                       "GIT_DIR",
                                                       "GIT_WORK_TREE",
                                                       "GIT_INDEX_FILE",
                                                       "GIT_COMMON_DIR",
                                                       "GIT_NAMESPACE",
                                                       "GIT_OBJECT_DIRECTORY",
                                                       "GIT_TRACE",
                                                       "GIT_TRACE2"};
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    if (left.count() <= 0) return "";
    auto output = os::run_command(argv, kEnvironment, left);
    if (!output || output->exit_code != 0) return "";
    if (!output->text.empty() && output->text.back() == '\n') output->text.pop_back();
    return output->text;
  }

 private:
  std::string root_;
  Clock::time_point deadline_;
};

}  // namespace

Git read_git(const std::filesystem::path& root, std::chrono::milliseconds limit) {
  const Asking ask{root, limit};
  const auto head = os::split(ask({"show", "-s", "--format=%H%n%cI", "HEAD"}), '\n');
  if (head.size() != 2) return {};
  Git git;
  git.commit = head[0];
  git.commit_date = head[1];
  git.branch = ask({"symbolic-ref", "-q", "--short", "HEAD"});
  git.dirty = !ask({"status", "--porcelain", "--untracked-files=no"}).empty();
  git.merge_base = ask({"merge-base", "HEAD", "refs/remotes/origin/main"});
  if (git.merge_base.empty()) git.merge_base = ask({"merge-base", "HEAD", "refs/heads/main"});
  return git;
}

}  // namespace pulsebench::machine
