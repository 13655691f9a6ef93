#pragma once

#include <optional>
#include <span>
#include <string>

#include "pulsebench/render/style.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::report {

/// One benchmark that could be run.
struct ListedBenchmark {
  BenchmarkInfo info;
  std::string suite = {};
  std::optional<NsPerOp> target = {};
};

/// `run --list`: by tier, with suite and target; the number of benchmarks in the first line. Pure.
[[nodiscard]] std::string list_text(std::span<const ListedBenchmark> benchmarks,
                                    const render::Style& style);

/// `run --list --format json`: `benchmarks[]` with `id`, `tier`, `role`, `suite`, `version`,
/// `threads` and `target_ns_per_op` (null where there is none), in the given order. Schema id
/// `pulsebench-list`, version 1. Pure.
[[nodiscard]] std::string list_json(std::span<const ListedBenchmark> benchmarks);

}  // namespace pulsebench::report
