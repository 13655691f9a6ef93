#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/session/matching.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/session/sides.hpp"

namespace pulsebench::session {

/// Why the benchmarks are measured that are.
struct Affected {
  std::map<BenchmarkId, std::string> reached = {};  ///< with the function, as the linker knows it
  std::set<BenchmarkId> controls = {};
  std::vector<compare::Reason> warnings = {};  ///< why it is unknown for some
};

/// Leaves out of `matched` the benchmarks that execute no function which differs between the two
/// sides, but for a few, the controls. Each benchmark runs once, as long as in a block, until it
/// reaches such a function. Where that is unknown it is measured, and a warning says why.
/// `not_found` where pulsebench-reach is not installed.
[[nodiscard]] Result<Affected> keep_affected(Matched& matched, const BothSides& sides,
                                             const PairedPlan& plan, const Session& session);

}  // namespace pulsebench::session
