#pragma once

#include <string>
#include <vector>

#include "pulsebench/session/session.hpp"
#include "pulsebench/trend/trend.hpp"

namespace pulsebench::session {

struct TrendRequest {
  std::vector<std::string> names = {};  ///< ids of benchmarks; empty: all
  std::string filter = {};              ///< a regular expression over ids; empty: all
  /// A machine kind, a machine key, or "all"; empty: the kind of this machine where it has a
  /// history, else all.
  std::string machine = {};
};

/// The trend of each machine kind that is asked for. Reads only. `not_found` where there is no
/// history, or no benchmark of that name; `bad_input` where a history or the expression is not
/// valid.
[[nodiscard]] Result<std::vector<trend::Trend>> trends(const Session& session,
                                                       const TrendRequest& request);

struct AcceptRequest {
  std::string id;
  std::string night = {};  ///< the first night of the change, YYYY-MM-DD
  std::string reason = {};
};

/// Stores that a change is accepted, in the place of an earlier decision on it. `bad_input` where
/// the benchmark has no such change, or the reason is unusable.
[[nodiscard]] Result<trend::Decision> accept_change(const Session& session,
                                                    const AcceptRequest& request);

/// Stores that a new epoch of a benchmark begins behind the newest night.
[[nodiscard]] Result<trend::Decision> reset_trend(const Session& session, const std::string& id,
                                                  const std::string& reason);

}  // namespace pulsebench::session
