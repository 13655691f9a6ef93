#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/compare/bisection.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// The commits between two revisions.
struct CommitRange {
  std::string good, bad;            ///< hashes
  std::vector<std::string> hashes;  ///< behind `good`, oldest first; the last one is `bad`
};

/// The commits of `bad` that `good` does not have, by first parents: a merged branch is its merge
/// alone. `not_found` where a revision is none, `bad_input` where `good` is not an ancestor of
/// `bad` or is the same.
[[nodiscard]] Result<CommitRange> commits_between(const std::string& good, const std::string& bad,
                                                  const std::filesystem::path& root);

/// Who made the commit, when, and its subject.
[[nodiscard]] Result<compare::CommitFacts> read_commit(const std::string& hash,
                                                       const std::filesystem::path& root);

/// The commit that both have in common; empty where there is none.
[[nodiscard]] std::string merge_base_of(const std::string& one, const std::string& other,
                                        const std::filesystem::path& root);

}  // namespace pulsebench::session
