#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::report {

inline constexpr const char* kComparisonSchemaId = "pulsebench-comparison";
inline constexpr int kComparisonSchemaVersion = 1;

/// A comparison for programs: `schema`, `version`, `base`, `candidate`, `verdict`, `exit_code`,
/// `summary`, `judged`, `warnings`, and `benchmarks[]` with `id`, `tier`, `role`, `verdict`,
/// `base_ns_per_op`, `candidate_ns_per_op`, `change_percent`, `change_interval_percent`,
/// `threshold_percent`, `gates`, `reason` and more. `counts_per_op` has what was
/// counted on both sides, old and new; `same_instructions` and `by_instructions` are there where
/// they hold. What was not measured is `null`. Always every benchmark, in the order of the
/// comparison. Ends in a newline. Pure.
[[nodiscard]] std::string comparison_json(const compare::Comparison& comparison, int exit_code);

}  // namespace pulsebench::report
