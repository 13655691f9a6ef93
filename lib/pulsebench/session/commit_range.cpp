#include "pulsebench/session/commit_range.hpp"

#include <chrono>
#include <utility>

#include "pulsebench/machine/git.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kQueryLimit{120};
constexpr std::size_t kShortHash = 12;

Result<std::string> ask_git(const fs::path& root, const std::vector<std::string>& words) {
  return machine::run_git(root, words, {.limit = kQueryLimit});
}

Result<std::string> hash_of(const std::string& revision, const fs::path& root) {
  auto hash = ask_git(
      root, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  if (hash || hash.error().code != ErrorCode::not_found) return hash;
  const auto shallow = ask_git(root, {"rev-parse", "--is-shallow-repository"});
  if (!shallow) return Failure{shallow.error()};
  return fail(ErrorCode::not_found,
              "'" + printable(revision) + "' is no revision of this git repository" +
                  (*shallow == "true" ? ", which is a shallow clone: git fetch --unshallow" : ""));
}

Failure no_ancestor(const CommitRange& range, const std::string& good, const std::string& bad,
                    const fs::path& root) {
  const std::string base = merge_base_of(range.good, range.bad, root);
  const std::string fact =
      "'" + printable(good) + "' is not an ancestor of '" + printable(bad) + "'";
  if (base.empty()) return fail(ErrorCode::bad_input, fact + ": they have no commit in common");
  if (base == range.bad) {
    return fail(ErrorCode::bad_input, fact + " but comes after it: give the older one first");
  }
  return fail(ErrorCode::bad_input,
              fact + "; give the commit where both fork: " + base.substr(0, kShortHash));
}

}  // namespace

Result<CommitRange> commits_between(const std::string& good, const std::string& bad,
                                    const fs::path& root) {
  CommitRange range;
  PB_TRY(range.good, hash_of(good, root));
  PB_TRY(range.bad, hash_of(bad, root));
  if (range.good == range.bad) {
    return fail(ErrorCode::bad_input, "'" + printable(good) + "' and '" + printable(bad) +
                                          "' are the same commit: there is nothing between them");
  }
  if (merge_base_of(range.good, range.bad, root) != range.good) {
    return no_ancestor(range, good, bad, root);
  }
  PB_TRY(const auto& listed,
         ask_git(root, {"rev-list", "--first-parent", "--reverse", range.good + ".." + range.bad}));
  range.hashes = split(listed, '\n');
  return range;
}

Result<compare::CommitFacts> read_commit(const std::string& hash, const fs::path& root) {
  PB_TRY(const auto& shown,
         ask_git(root, {"show", "--no-patch", "--format=%H%n%P%n%an%n%cI%n%s", hash}));
  const auto lines = split(shown, '\n');
  if (lines.size() < 4) return fail(ErrorCode::child_failed, "git shows no commit " + hash);
  compare::CommitFacts facts{.hash = lines[0],
                             .parents = {},
                             .author = printable(lines[2]),
                             .date = printable(lines[3]),
                             .subject = lines.size() > 4 ? printable(lines[4], 400) : ""};
  if (!lines[1].empty()) facts.parents = split(lines[1], ' ');
  return facts;
}

std::string merge_base_of(const std::string& one, const std::string& other, const fs::path& root) {
  return ask_git(root, {"merge-base", one, other}).value_or("");
}

}  // namespace pulsebench::session
