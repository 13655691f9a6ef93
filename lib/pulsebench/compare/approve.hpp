#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::compare {

/// Whether the run of that id is what a benchmark was held against.
using IsBase = std::function<bool(const BenchmarkId& benchmark, const std::string& run_id)>;

/// Marks what regressed and was approved, and says of the others why an approval that is there does
/// not count: it has expired, the change is larger, the baseline or the benchmark is another.
/// `today` is the day as YYYY-MM-DD, UTC.
void apply_approvals(Comparison& comparison, const std::vector<baseline::Approval>& approvals,
                     const IsBase& is_base, const std::string& today);

}  // namespace pulsebench::compare
