#pragma once

#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// How long single operations took, where the benchmark timed them one by one: p50, p90, p99,
/// p99.9 and the longest, a row a benchmark. Ends in a newline; empty where there is none. Pure.
[[nodiscard]] std::string latency_table(const baseline::Document& document,
                                        const render::Style& style);

}  // namespace pulsebench::report
