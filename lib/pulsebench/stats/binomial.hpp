#pragma once

#include "pulsebench/stats/interval.hpp"

namespace pulsebench::stats {

/// ln C(n, k). Precondition: 0 <= k <= n.
[[nodiscard]] double log_choose(int n, int k);

/// ln P(Bin(n, 1/2) <= k), summed term by term, so that it stays exact where 1 - cdf would lose
/// every digit. Precondition: 0 <= k <= n.
[[nodiscard]] double log_fair_lower_tail(int n, int k);

/// Two-sided score interval of a proportion, in [0, 1].
/// Precondition: 0 <= successes <= trials, 0 < trials, 0 < level < 1.
/// Source: Wilson, Probable Inference, JASA 22 (1927); method 3 of Newcombe, Statistics in Medicine
/// 17 (1998).
[[nodiscard]] Interval wilson_interval(int successes, int trials, double level);

}  // namespace pulsebench::stats
