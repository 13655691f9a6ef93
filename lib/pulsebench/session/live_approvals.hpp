#pragma once

#include <vector>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/session/workspace.hpp"

namespace pulsebench::session {

/// Marks, of what `ab` saw regress, what was approved against the very build that the old side is:
/// the run that an approval names was measured with the benchmark's executable, or from the commit
/// that the side is, with nothing uncommitted.
void approve_live(compare::Comparison& comparison, const std::vector<baseline::Approval>& approvals,
                  const SideSuites& old_side, const Workspace& workspace);

}  // namespace pulsebench::session
