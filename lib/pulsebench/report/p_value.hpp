#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::report {

/// How sure the verdict is: "p = 0.0012, family of 20". Below 0.0001 it is "p < 0.0001", because no
/// one has shown that a machine's noise is normal so far out. Empty where there is no p-value.
/// Pure.
[[nodiscard]] std::string describe_p_value(const compare::Judged& judged);

}  // namespace pulsebench::report
