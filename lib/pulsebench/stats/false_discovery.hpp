#pragma once

#include <span>
#include <vector>

namespace pulsebench::stats {

/// Returns for each p-value whether it is a discovery at a false discovery rate of `rate`: the k
/// smallest ones are, with the largest k whose p-value is at most `rate` · k / n. Where no effect
/// exists, the probability of any discovery is at most `rate`. Precondition: 0 < rate < 1.
/// Source: Benjamini & Hochberg, Controlling the False Discovery Rate, J. R. Statist. Soc. B 57
/// (1995), section 3.1.
[[nodiscard]] std::vector<bool> discoveries(std::span<const double> p_values, double rate);

}  // namespace pulsebench::stats
