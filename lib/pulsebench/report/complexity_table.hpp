#pragma once

#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// How costs grow with the size of what is worked on: a row for each family of `growths_of`, with
/// the fitted cost, its error, and the sizes. Ends in a newline; empty where there is no family.
/// Pure.
[[nodiscard]] std::string complexity_table(const baseline::Document& document,
                                           const render::Style& style);

}  // namespace pulsebench::report
