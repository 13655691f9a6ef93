#pragma once

#include <string>

#include "pulsebench/compare/rate.hpp"

namespace pulsebench::report {

/// "98.5 % (94.6 to 99.6)"; of none or of all the bound that says something: "0 %, at most 2.8 %",
/// "100 %, at least 97.2 %". Empty where nothing was tried. Pure.
[[nodiscard]] std::string rate_text(const compare::Rate& rate);

}  // namespace pulsebench::report
