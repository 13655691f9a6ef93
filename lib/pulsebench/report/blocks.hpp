#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// What a result says beside the value of each benchmark, a table each, where there is anything to
/// say: latency, throughput, complexity, allocations, contention scaling. Pure.
[[nodiscard]] std::vector<std::string> blocks(const baseline::Document& document,
                                              const render::Style& style);

}  // namespace pulsebench::report
