#pragma once

#include <string>
#include <vector>

#include "pulsebench/profile/memory_report.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct MemoryRequest {
  std::string benchmark;  ///< its id, or a regular expression that matches one id
  std::vector<std::string> executables = {};  ///< empty: the project's suites
  run::ProgramOptions options = {};
  std::string against = {};  ///< the old side, as for `ab`; empty: none
  Gates gates = {};
};

/// Records what one benchmark takes from the heap; against an old side, twice on each side, since
/// counts are exact only if they repeat. `bad_input` for a program without the wire protocol;
/// `child_failed` where nothing could be recorded.
[[nodiscard]] Result<profile::MemoryReport> profile_memory(const Session& session,
                                                           const MemoryRequest& request);

}  // namespace pulsebench::session
