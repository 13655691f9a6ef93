#pragma once

#include <string>

#include "pulsebench/compare/bisection.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct BisectRequest {
  std::string good, bad;      ///< git revisions
  PairedRequest paired = {};  ///< its filter names one benchmark: its id, or a regular expression
  Gates gates = {};           ///< the threshold beyond which a commit is slower
};

/// Finds the first commit behind `good` that is slower than it: builds commits and measures each
/// against `good` as `ab` does, halving the range. A commit that cannot be judged is skipped; one
/// that is inconclusive is measured a second time, longer, before. `family_alpha` bounds the
/// probability that any of the measurements is a false alarm. `good` has to build, and to have the
/// benchmark. A signal ends the search, and what is known by then is returned.
[[nodiscard]] Result<compare::Bisection> bisect(const Session& session,
                                                const BisectRequest& request);

}  // namespace pulsebench::session
