#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::report {

/// A comparison for programs, as `docs/result.schema.json` describes it: always every benchmark, in
/// the order of the comparison. What was not measured is `null`. Ends in a newline. Pure.
[[nodiscard]] std::string comparison_json(const compare::Comparison& comparison, int exit_code);

}  // namespace pulsebench::report
