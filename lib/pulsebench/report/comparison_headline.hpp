#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::report {

/// Why the verdict of the run is what it is: "1 of 22 benchmarks is slower beyond its threshold;
/// tier 0 gates". It stands after the verdict's name and a colon, without a line break. Pure.
[[nodiscard]] std::string headline(const compare::Comparison& comparison);

}  // namespace pulsebench::report
