#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/text.hpp"

/// What was counted beside the time, as the dashboard shows it. A cell is empty where there is no
/// count; `not_counted` says why.
namespace pulsebench::report {

/// Three significant digits, whole numbers bare: `21`, `0.125`, `1.2e+06`, `0`.
[[nodiscard]] std::string per_operation(double count);

/// Of the event of that name; nothing where it was not counted.
[[nodiscard]] std::optional<double> count_of(const baseline::BenchmarkResult& result,
                                             std::string_view event);

/// Instructions an operation, the exact ones where they were counted (with a ~ where operations
/// differ in them), and a cycle.
[[nodiscard]] render::Text instructions_of(const baseline::BenchmarkResult& result);
[[nodiscard]] render::Text instructions_per_cycle_of(const baseline::BenchmarkResult& result);

/// Misses of the first-level data cache and of the last level an operation: "0.12/0".
[[nodiscard]] render::Text misses_of(const baseline::BenchmarkResult& result);

/// Allocations an operation, with their bytes where there is room: "2 (128 B)".
[[nodiscard]] render::Text allocations_of(const baseline::BenchmarkResult& result,
                                          const render::Style& style);

/// One line a reason: "cycles, instructions and 5 more were not counted: this VM exposes ...".
[[nodiscard]] std::vector<std::string> not_counted(const baseline::Document& document);

}  // namespace pulsebench::report
