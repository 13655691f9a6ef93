#include "pulsebench/machine/git.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "pulsebench/os/run_process.hpp"

using namespace pulsebench;
using namespace pulsebench::machine;
using namespace std::chrono_literals;

namespace {

/// A repository with a commit on main.
class Repository {
 public:
  Repository() {
    git({"init", "-q", "-b", "main"});
    tree.put("file", "one\n");
    git({"add", "."});
    git({"commit", "-q", "-m", "first"});
  }

  std::string git(std::vector<std::string> arguments) const {
    std::vector<std::string> argv{"git",         "-C", tree.top().string(),       "-c",
                                  "user.name=t", "-c", "user.email=t@example.org"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    const auto output =
        os::run_process({.argv = argv,
                         .environment = {"GIT_COMMITTER_DATE=2026-01-02T03:04:05+01:00",
                                         "GIT_AUTHOR_DATE=2026-01-02T03:04:05+01:00", "GIT_DIR"}});
    REQUIRE(output.has_value());
    REQUIRE(output->exit_code == 0);
    return output->text.substr(0, output->text.find('\n'));
  }

  FakeTree tree;
};

Git read(const Repository& repository) { return *read_git(repository.tree.top(), 20s); }

}  // namespace

TEST_CASE("commit, branch, date and merge base are read") {
  const Repository repository;
  const std::string first = repository.git({"rev-parse", "HEAD"});
  repository.git({"checkout", "-q", "-b", "topic/fast"});
  repository.git({"commit", "-q", "--allow-empty", "-m", "second"});
  const Git git = read(repository);
  CHECK(git.commit == repository.git({"rev-parse", "HEAD"}));
  CHECK(git.branch == "topic/fast");
  CHECK(git.commit_date == "2026-01-02T03:04:05+01:00");
  CHECK(git.merge_base == first);
  CHECK_FALSE(git.dirty);
}

TEST_CASE("the remote's main is preferred for the merge base") {
  const Repository repository;
  const std::string first = repository.git({"rev-parse", "HEAD"});
  repository.git({"update-ref", "refs/remotes/origin/main", first});
  repository.git({"commit", "-q", "--allow-empty", "-m", "second"});
  CHECK(read(repository).merge_base == first);
}

TEST_CASE("a changed tracked file makes the tree dirty, a new file does not") {
  const Repository repository;
  repository.tree.put("results.json", "{}");
  CHECK_FALSE(read(repository).dirty);
  repository.tree.put("file", "two\n");
  CHECK(read(repository).dirty);
}

TEST_CASE("a detached head has a commit and no branch") {
  const Repository repository;
  repository.git({"checkout", "-q", "--detach"});
  const Git git = read(repository);
  CHECK_FALSE(git.commit.empty());
  CHECK(git.branch.empty());
}

TEST_CASE("a folder in no repository is told from a repository that git cannot read") {
  const FakeTree tree;
  CHECK(read_git(tree.top(), 20s).error().code == ErrorCode::not_found);
  REQUIRE(os::run_process(
              {.argv = {"git", "init", "-q", tree.top().string()}, .environment = {"GIT_DIR"}})
              .has_value());
  const auto empty = read_git(tree.top(), 20s);
  CHECK(empty.error().code == ErrorCode::not_found);
  CHECK(empty.error().message == "this git repository has no commit yet");
  tree.put(".git/HEAD", "nonsense\n");
  CHECK(read_git(tree.top(), 20s).error().code == ErrorCode::not_found);
}

TEST_CASE("git's own words stand in the error, in one line") {
  const Repository repository;
  const auto ran = run_git(repository.tree.top(), {"show", "no-such-revision"});
  REQUIRE_FALSE(ran);
  CHECK(ran.error().code == ErrorCode::child_failed);
  CHECK(ran.error().message.find("git says: fatal: ") == 0);
  CHECK(ran.error().message.find("no-such-revision") != std::string::npos);
  CHECK(ran.error().message.find('\n') == std::string::npos);
  const auto silent = run_git(repository.tree.top(), {"rev-parse", "--verify", "-q", "nothing"});
  CHECK(silent.error().code == ErrorCode::not_found);
}

TEST_CASE("a missing git is an error where there is a repository") {
  const Repository repository;
  const std::string path = ::getenv("PATH");
  REQUIRE(::setenv("PATH", "/nonexistent", 1) == 0);
  const auto git = read_git(repository.tree.top(), 20s);
  ::setenv("PATH", path.c_str(), 1);
  REQUIRE_FALSE(git);
  CHECK(git.error().message == "there is no git on PATH; install it");
}

TEST_CASE("no variable of a hook reaches git, and its settings do") {
  for (const char* name : {"GIT_DIR", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG_PARAMETERS",
                           "GIT_CONFIG_GLOBAL", "GIT_INDEX_FILE"}) {
    REQUIRE(::setenv(name, "/nonexistent", 1) == 0);
  }
  const auto names = repository_variables();
  for (const char* name : {"GIT_DIR", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG_PARAMETERS",
                           "GIT_CONFIG_GLOBAL", "GIT_INDEX_FILE"}) {
    const bool removed = std::find(names.begin(), names.end(), name) != names.end();
    CHECK(removed == (std::string{name} != "GIT_CONFIG_GLOBAL"));
    ::unsetenv(name);
  }
}

TEST_CASE("the caller's GIT_DIR is ignored") {
  const Repository repository;
  REQUIRE(::setenv("GIT_DIR", "/nonexistent", 1) == 0);
  const Git git = read(repository);
  ::unsetenv("GIT_DIR");
  CHECK_FALSE(git.commit.empty());
}

TEST_CASE("a repository's file monitor is not run") {
  const Repository repository;
  const std::string trap = (repository.tree.top() / "ran").string();
  repository.tree.put("monitor", "#!/bin/sh\ntouch " + trap + "\n");
  std::filesystem::permissions(repository.tree.top() / "monitor",
                               std::filesystem::perms::owner_all);
  repository.git({"config", "core.fsmonitor", (repository.tree.top() / "monitor").string()});
  repository.tree.put("file", "two\n");
  CHECK(read(repository).dirty);
  CHECK_FALSE(std::filesystem::exists(trap));
}

TEST_CASE("without time there are no facts") {
  const Repository repository;
  CHECK(read_git(repository.tree.top(), 0ms).error().code == ErrorCode::child_failed);
}
