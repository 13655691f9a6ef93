#pragma once

#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// Whether the result is one of several that differ by their number of threads alone, and so has
/// its place in the scaling table.
[[nodiscard]] bool is_scaled(const baseline::BenchmarkResult& result,
                             const baseline::Document& document);

/// What more threads cost: a row a benchmark, a column a number of threads, each figure ns per
/// operation and thread with its verdict, and `*` where there were more threads than CPUs; then
/// how evenly the threads came to their turns, at the most threads that had a CPU each. Ends in a
/// newline; empty where nothing was measured at two numbers of threads. Pure.
[[nodiscard]] std::string scaling_table(const baseline::Document& document,
                                        const render::Style& style);

}  // namespace pulsebench::report
