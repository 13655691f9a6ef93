#pragma once

#include <string>

#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// Saves the last complete run as the baseline `name`, and returns it. `bad_input` where that run
/// is of another commit or build than the tree is now; `nothing_measured` where a benchmark of it
/// failed, unless `force`.
[[nodiscard]] Result<baseline::Document> save_baseline(const Session& session,
                                                       const std::string& name, bool force);

}  // namespace pulsebench::session
