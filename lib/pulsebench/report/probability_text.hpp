#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/rate.hpp"

namespace pulsebench::report {

/// How sure the verdict is: "p = 0.0012, family of 20". Below 0.0001 it is "p < 0.0001", because no
/// one has shown that a machine's noise is normal so far out. Empty where there is no p-value.
/// Pure.
[[nodiscard]] std::string describe_p_value(const compare::Judged& judged);

/// "98.5 % (94.6 to 99.6)"; of none or of all the bound that says something: "0 %, at most 2.8 %",
/// "100 %, at least 97.2 %". Empty where nothing was tried. Pure.
[[nodiscard]] std::string rate_text(const compare::Rate& rate);

}  // namespace pulsebench::report
