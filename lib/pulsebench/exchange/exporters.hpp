#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::exchange {

/// A format that is written. Another one is one file, and one row of the table in `exporters.cpp`.
struct Exporter {
  std::string_view name;     ///< as `--to` spells it
  std::string_view read_by;  ///< "benchstat"
  /// The measured benchmarks of a result, and nothing of the others. Pure.
  std::string (*write)(const baseline::Document& document);
};

[[nodiscard]] std::span<const Exporter> exporters();

/// Null where there is none of that name.
[[nodiscard]] const Exporter* find_exporter(std::string_view name);

/// Returns true for a benchmark that a format has a line for.
[[nodiscard]] inline bool is_exported(const baseline::BenchmarkResult& result) {
  return result.outcome.status == Status::ok && result.value.has_value();
}

}  // namespace pulsebench::exchange
