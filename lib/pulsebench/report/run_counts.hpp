#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/page.hpp"

/// What was counted beside the time. A cell is empty where there is no count; `not_counted` has the
/// reasons.
namespace pulsebench::report {

/// Of the event of that name; nothing where it was not counted.
[[nodiscard]] std::optional<double> count_of(const baseline::BenchmarkResult& result,
                                             std::string_view event);

/// Instructions per operation, the exact ones where they were counted (with a ~ where operations
/// differ in them), and per cycle.
[[nodiscard]] render::Cell instructions_of(const baseline::BenchmarkResult& result);
[[nodiscard]] render::Cell instructions_per_cycle_of(const baseline::BenchmarkResult& result);

/// Misses of the first-level data cache and of the last level per operation: "0.12/0".
[[nodiscard]] render::Cell misses_of(const baseline::BenchmarkResult& result);

/// Allocations per operation.
[[nodiscard]] render::Cell allocations_of(const baseline::BenchmarkResult& result);

/// A line for each reason: "not counted: cycles, instructions and 5 more: this VM exposes ...". It
/// is a detail where nobody asked for the counts.
[[nodiscard]] std::vector<render::Paragraph> not_counted(const baseline::Document& document);

}  // namespace pulsebench::report
