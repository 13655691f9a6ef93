#pragma once

#include <span>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::compare {

/// What a reader should know of one side's launches, one line each; empty where they are as they
/// should be. Nothing is left out of a verdict for it.

/// "new launches fall into two modes: 12 near 5.65 ns, 8 near 6.25 ns"; empty where the values (the
/// 25 % quantile of each launch, ns, in any order) have one, or two less than 1 % apart.
[[nodiscard]] std::string modes_seen(std::span<const double> launches, const char* side);

/// "14 % of new slices disturbed"; empty below 10 %.
[[nodiscard]] std::string disturbances_seen(std::span<const Visit> visits, const char* side);

/// Both, of the visits of a side that was measured live.
[[nodiscard]] std::vector<std::string> seen_live(std::span<const Visit> visits, const char* side);

}  // namespace pulsebench::compare
