#include "pulsebench/session/revisions.hpp"

#include <chrono>
#include <system_error>
#include <vector>

#include "pulsebench/machine/git.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kLookUpLimit{120};
constexpr std::chrono::minutes kFetchLimit{30};  // of a sub-module

/// Behind an error about something that was not found.
std::string if_shallow(const fs::path& root) {
  const auto shallow = machine::run_git(root, {"rev-parse", "--is-shallow-repository"});
  return shallow && *shallow == "true" ? ", which is a shallow clone: git fetch --unshallow" : "";
}

/// Sub-modules with changes that no commit has: "vendor/zlib, vendor/lz4".
std::string changed_submodules(const fs::path& root) {
  std::string names;
  const auto status =
      machine::run_git(root, {"status", "--porcelain=v2", "--untracked-files=no"}, {});
  for (const std::string& line : split(status.value_or(""), '\n')) {
    // "1 .M S.M. 160000 160000 160000 <hash> <hash> <path>"
    const auto words = split(line, ' ');
    if (words.size() < 9 || words[0] != "1" || words[2].size() != 4 || words[2][0] != 'S') continue;
    if (words[2][2] != 'M' && words[2][3] != 'U') continue;
    names += (names.empty() ? "" : ", ") + printable(words[8], 100);
  }
  return names;
}

/// A file of git that is set by hand, below `root`.
Result<fs::path> git_path(const fs::path& root, const char* name) {
  PB_TRY(const auto& path, machine::run_git(root, {"rev-parse", "--git-path", name}));
  return root / path;
}

struct Submodule {
  std::string name, path;
};

/// What `.gitmodules` lists; empty where there is none.
Result<std::vector<Submodule>> submodules_of(const fs::path& folder) {
  std::vector<Submodule> found;
  std::error_code error;
  if (!fs::exists(fs::symlink_status(folder / ".gitmodules", error))) return found;
  const auto listed = machine::run_git(
      folder, {"config", "--file", ".gitmodules", "--get-regexp", "^submodule\\..*\\.path$"});
  if (!listed && listed.error().code != ErrorCode::not_found) return Failure{listed.error()};
  for (const std::string& line : split(listed.value_or(""), '\n')) {
    constexpr std::string_view kBegin = "submodule.", kEnd = ".path";
    const std::size_t blank = line.find(".path ");
    if (!line.starts_with(kBegin) || blank == std::string::npos) continue;
    found.push_back({.name = line.substr(kBegin.size(), blank - kBegin.size()),
                     .path = line.substr(blank + kEnd.size() + 1)});
  }
  return found;
}

}  // namespace

Result<std::string> commit_of(const std::string& revision, const fs::path& root) {
  auto commit = machine::run_git(
      root, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"},
      {.limit = kLookUpLimit});
  if (commit) return commit;
  const std::string fact = "'" + printable(revision) + "' is neither a file nor a folder, ";
  if (commit.error().code != ErrorCode::not_found) {
    return fail(commit.error().code, fact + "and git cannot look it up: " + commit.error().message);
  }
  const auto shallow = machine::run_git(root, {"rev-parse", "--is-shallow-repository"});
  if (!shallow) return fail(ErrorCode::not_found, fact + "and " + shallow.error().message);
  return fail(ErrorCode::not_found,
              fact + "and no revision of this git repository" + if_shallow(root));
}

Result<std::string> fork_point(const std::string& one, const std::string& other,
                               const fs::path& root) {
  PB_TRY(const auto& first, commit_of(one, root));
  PB_TRY(const auto& second, commit_of(other, root));
  auto base = machine::run_git(root, {"merge-base", first, second}, {.limit = kLookUpLimit});
  if (base || base.error().code != ErrorCode::not_found) return base;
  return fail(ErrorCode::not_found, "'" + printable(one) + "' and '" + printable(other) +
                                        "' have no commit in common in this repository" +
                                        if_shallow(root));
}

Result<Snapshot> take_snapshot(const Session& session) {
  const fs::path& root = session.workspace.root;
  PB_TRY(const auto& head, commit_of("HEAD", root));
  { PB_TRY(const auto held, session.workspace.store.lock()); }  // makes .pulsebench be ignored
  if (const std::string changed = changed_submodules(root); !changed.empty()) {
    session.notice("warning: what is not committed in sub-module " + changed +
                   " is not part of the build");
  }
  PB_TRY(const auto folder, os::TemporaryFolder::make());
  const fs::path index = folder.path() / "index";
  PB_TRY(const fs::path current, git_path(root, "index"));
  std::error_code ignored;
  fs::copy_file(current, index, ignored);  // saves git from reading every file again
  os::Command how{.environment = {"GIT_INDEX_FILE=" + index.string()}, .limit = kLookUpLimit};
  PB_CHECK(machine::run_git(root, {"add", "--all", "--", ":/"}, how));
  PB_TRY(const auto& tree, machine::run_git(root, {"write-tree"}, how));
  PB_TRY(const auto& committed, machine::run_git(root, {"rev-parse", head + "^{tree}"}));
  if (tree == committed) return Snapshot{.commit = head, .head = head};
  for (const char* who : {"AUTHOR", "COMMITTER"}) {
    const std::string variable = std::string{"GIT_"} + who;
    for (const char* fact :
         {"_NAME=pulsebench", "_EMAIL=pulsebench@localhost", "_DATE=2000-01-01T00:00:00Z"}) {
      how.environment.push_back(variable + fact);
    }
  }
  PB_TRY(const auto& commit,
         machine::run_git(root, {"commit-tree", tree, "-p", head, "-m", "working tree"}, how));
  return Snapshot{.commit = commit, .head = head};
}

Result<void> check_out_submodules(const fs::path& folder, const fs::path& origin, int interrupt) {
  PB_TRY(const auto submodules, submodules_of(folder));
  for (const Submodule& submodule : submodules) {
    const fs::path from = origin / submodule.path;
    const os::Command how{.limit = kFetchLimit, .interrupt = interrupt};
    const std::vector<std::string> update{"submodule", "update", "--init", "--", submodule.path};
    std::error_code error;
    bool is_taken = false;
    if (fs::exists(fs::symlink_status(from / ".git", error))) {
      std::vector<std::string> words{"-c", "protocol.file.allow=always", "-c",
                                     "submodule." + submodule.name + ".url=" + from.string()};
      words.insert(words.end(), update.begin(), update.end());
      is_taken = machine::run_git(folder, words, how).has_value();
    }
    if (!is_taken) PB_CHECK(machine::run_git(folder, update, how));
    if (const auto url = machine::run_git(from, {"remote", "get-url", "origin"}); is_taken && url) {
      // Relative sub-modules of it are found beside where it came from.
      PB_CHECK(machine::run_git(folder / submodule.path, {"remote", "set-url", "origin", *url}));
    }
    PB_CHECK(check_out_submodules(folder / submodule.path, from, interrupt));
  }
  return {};
}

}  // namespace pulsebench::session
