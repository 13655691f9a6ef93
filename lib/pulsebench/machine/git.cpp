#include "pulsebench/machine/git.hpp"

#include <string>
#include <vector>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::machine {
namespace {

using Clock = std::chrono::steady_clock;

/// Runs git in one repository until a deadline.
class GitQuery {
 public:
  GitQuery(const std::filesystem::path& root, std::chrono::milliseconds limit)
      : root_(root), deadline_(Clock::now() + limit) {}

  /// Returns the output; empty if git failed or the time is over.
  std::string operator()(const std::vector<std::string>& words) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    if (left.count() <= 0) return "";
    return run_git(root_, words, {.environment = {"GIT_NO_LAZY_FETCH=1"}, .limit = left})
        .value_or("");
  }

 private:
  std::filesystem::path root_;
  Clock::time_point deadline_;
};

}  // namespace

Result<std::string> run_git(const std::filesystem::path& root,
                            const std::vector<std::string>& words, os::Command how) {
  // The repository is untrusted: no program from its configuration runs, except the clean filters
  // that `status` needs to compare a changed file.
  how.argv = {"git",
              "-C",
              root.string(),
              "-c",
              "core.fsmonitor=false",
              "-c",
              "core.hooksPath=/dev/null",
              "-c",
              "log.showSignature=false"};
  how.argv.insert(how.argv.end(), words.begin(), words.end());
  // The GIT_DIR of a hook would be another repository than `root`.
  for (const char* change : {"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_DIR",
                             "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE",
                             "GIT_OBJECT_DIRECTORY", "GIT_TRACE", "GIT_TRACE2"}) {
    how.environment.emplace_back(change);
  }
  PB_TRY(os::CommandOutput output, os::run_process(how));
  if (output.exit_code != 0) {
    return fail(ErrorCode::child_failed, "git " + words.front() + " failed with exit code " +
                                             std::to_string(output.exit_code));
  }
  while (!output.text.empty() && output.text.back() == '\n') output.text.pop_back();
  return std::move(output.text);
}

Git read_git(const std::filesystem::path& root, std::chrono::milliseconds limit) {
  const GitQuery query{root, limit};
  const auto head = split(query({"show", "-s", "--format=%H%n%cI", "HEAD"}), '\n');
  if (head.size() != 2) return {};
  Git git;
  git.commit = head[0];
  git.commit_date = head[1];
  git.branch = query({"symbolic-ref", "-q", "--short", "HEAD"});
  git.dirty = !query({"status", "--porcelain", "--untracked-files=no"}).empty();
  git.merge_base = query({"merge-base", "HEAD", "refs/remotes/origin/main"});
  if (git.merge_base.empty()) git.merge_base = query({"merge-base", "HEAD", "refs/heads/main"});
  return git;
}

}  // namespace pulsebench::machine
