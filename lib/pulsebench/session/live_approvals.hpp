#pragma once

#include <map>
#include <string>
#include <vector>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// The old side of a live comparison, as far as an approval has to know it.
struct OldBuild {
  std::map<BenchmarkId, std::string> sums =
      {};                   ///< SHA-256 of the executable behind each; or empty
  std::string commit = {};  ///< that it was built from; empty: none is known
};

/// Marks, of what regressed, what was approved against the very build that the old side is: the run
/// that an approval names was measured with the benchmark's executable, or from the commit that the
/// side is, with nothing uncommitted.
void approve_live(compare::Comparison& comparison, const std::vector<baseline::Approval>& approvals,
                  const OldBuild& old_build, const Workspace& workspace);

}  // namespace pulsebench::session
