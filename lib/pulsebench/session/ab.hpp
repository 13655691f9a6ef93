#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct AbRequest {
  std::string old_side, new_side;  ///< folders, executables or git revisions
  PairedRequest paired = {};       ///< work is injected into the new side
  Gates gates = {};
};

/// The verdicts, and the signal that ended the measurement early, or 0.
struct CompareResult {
  compare::Comparison comparison;
  int interrupted_by = 0;
};

/// Measures two builds against each other, block by block. `not_comparable` where they have no
/// benchmark in common, `nothing_measured` where those in common measure different things.
[[nodiscard]] Result<CompareResult> ab(const Session& session, const AbRequest& request);

}  // namespace pulsebench::session
