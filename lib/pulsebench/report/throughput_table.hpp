#pragma once

#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// What goes through in a second, all threads together, where the benchmark says how many bytes or
/// items an operation goes through: a row a benchmark and kind. It follows from the time, and so
/// does its interval. Ends in a newline; empty where no benchmark says so. Pure.
[[nodiscard]] std::string throughput_table(const baseline::Document& document,
                                           const render::Style& style);

}  // namespace pulsebench::report
