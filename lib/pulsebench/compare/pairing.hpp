#pragma once

#include <vector>

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::compare {

/// ln(candidate / base) of the launches' p25, one for each launch number that both sides have, in
/// the order of the numbers: they share a layout, so most of the noise cancels.
[[nodiscard]] std::vector<double> paired_log_ratios(const baseline::Launches& base,
                                                    const baseline::Launches& candidate);

/// ln(candidate / base) of the ALU reference kernel, each the median over all launches of all
/// benchmarks; 0 where a side has none.
[[nodiscard]] double reference_log_ratio(const baseline::Document& base,
                                         const baseline::Document& candidate);

}  // namespace pulsebench::compare
