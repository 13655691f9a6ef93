#pragma once

#include <string>

#include "pulsebench/compare/history.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct HistoryRequest {
  std::string benchmark = {};  ///< an id, else a regular expression over ids; empty: all
  std::string since = {};      ///< RFC 3339, or its first part; empty: no limit
  int points = 15;             ///< of a benchmark, the newest ones
};

/// The figures of the kept runs and baselines of this machine. Reads only. `not_found` where no
/// stored result has such a benchmark, `bad_input` where the expression is not valid.
[[nodiscard]] Result<compare::History> history(const Session& session,
                                               const HistoryRequest& request);

}  // namespace pulsebench::session
