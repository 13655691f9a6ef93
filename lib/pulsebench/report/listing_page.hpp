#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/render/page.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/hardware_class.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::report {

/// One benchmark that could be run.
struct ListedBenchmark {
  BenchmarkInfo info;
  std::string suite = {};
  std::optional<Cost> target = {};
};

/// `run --list`: by tier, with suite and target; the number of benchmarks in the first line. The
/// targets are those for machines of class `hardware`. The document has `hardware_class`, and
/// `benchmarks[]` with `id`, `tier`, `role`, `suite`, `version`, `threads` and `target_ns_per_op`
/// (null where there is none), in the given order: schema id `pulsebench-list`, version 1.
[[nodiscard]] render::Page listing_page(const std::vector<ListedBenchmark>& benchmarks,
                                        HardwareClass hardware);

}  // namespace pulsebench::report
