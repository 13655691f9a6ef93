#pragma once

#include <filesystem>
#include <string>

#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// The commit that `revision` names in the repository of `root`. `not_found` where it names none;
/// else the error in git's own words.
[[nodiscard]] Result<std::string> commit_of(const std::string& revision,
                                            const std::filesystem::path& root);

/// The last commit that both revisions have in common. `not_found` where they have none, as far as
/// the clone reaches.
[[nodiscard]] Result<std::string> fork_point(const std::string& one, const std::string& other,
                                             const std::filesystem::path& root);

/// The working tree as a commit that no branch has.
struct Snapshot {
  std::string commit;
  std::string head;  ///< the commit that is checked out; `commit` where nothing differs from it
};

/// Takes the working tree as it is: changed, new and removed files, but for ignored ones. The same
/// tree is the same commit. The index is left alone. What is not committed inside a sub-module is
/// not part of it: a notice says so.
[[nodiscard]] Result<Snapshot> take_snapshot(const Session& session);

/// Checks out the sub-modules of the work tree `folder`, and theirs. One that `origin`, the folder
/// of the repository, has checked out is taken from there, so that nothing is fetched for it.
[[nodiscard]] Result<void> check_out_submodules(const std::filesystem::path& folder,
                                                const std::filesystem::path& origin, int interrupt);

}  // namespace pulsebench::session
