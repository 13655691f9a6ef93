#pragma once

#include <string>

#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// Returns true where options left benchmarks of the project out of the run.
[[nodiscard]] bool is_subset(const baseline::Document& run);

/// `{}` where `save_baseline` would save `run` without `force`; else why not.
[[nodiscard]] Result<void> check_savable(const Session& session, const baseline::Document& run);

/// Saves the newest run as the baseline `name`, and returns it. `bad_input` where that run is of
/// another commit or build than the tree is now. Unless `force`: `bad_input` too where it is
/// incomplete or work was injected, `nothing_measured` where a benchmark of it failed. Notices warn
/// of uncommitted changes, of a run of some benchmarks only, and of benchmarks that no stored
/// result can decide.
[[nodiscard]] Result<baseline::Document> save_baseline(const Session& session,
                                                       const std::string& name, bool force);

}  // namespace pulsebench::session
