#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::compare {

/// Marks what regressed and was approved, and says of the others why an approval that is there does
/// not count: it has expired, the change is larger, the baseline or the benchmark is another.
/// `base_run` is the run id of the old result, `today` the day as YYYY-MM-DD, UTC.
void apply_approvals(Comparison& comparison, const std::vector<baseline::Approval>& approvals,
                     const std::string& base_run, const std::string& today);

}  // namespace pulsebench::compare
