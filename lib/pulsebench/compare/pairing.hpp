#pragma once

#include <vector>

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::compare {

/// Two launches of one number, as ln(candidate / base), above zero for the worse.
struct PairedLaunch {
  double time = 0.0;   ///< of their p25
  double clock = 0.0;  ///< of the ALU reference kernel, timed right behind; 0 where a side has none
};

/// One for each launch number that both sides have, in the order of the numbers: they share a
/// layout, so most of the noise cancels.
[[nodiscard]] std::vector<PairedLaunch> paired_launches(const baseline::Launches& base,
                                                        const baseline::Launches& candidate,
                                                        const BenchmarkInfo& info);

/// ln(candidate / base) of the ALU reference kernel, each the median over all launches of all
/// benchmarks; 0 where a side has none.
[[nodiscard]] double reference_log_ratio(const baseline::Document& base,
                                         const baseline::Document& candidate);

}  // namespace pulsebench::compare
