#pragma once

#include <nlohmann/json.hpp>

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::baseline {

/// `value` at 7 significant digits: below what a clock can tell, and half the bytes of 17.
[[nodiscard]] double rounded(double value);

/// Adds what was counted to a benchmark's object. Events that are absent for one reason share it.
void add_counts(const BenchmarkResult& benchmark, nlohmann::ordered_json& object);

}  // namespace pulsebench::baseline
