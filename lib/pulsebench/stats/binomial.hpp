#pragma once

#include <cstdint>
#include <optional>

#include "pulsebench/stats/quantile.hpp"

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

/// Exact one-sided bounds of a proportion: each is on its side of the true one with probability of
/// at least `level`. Both together are an interval at 2 `level` - 1.
/// Precondition: successes <= trials, 0 < trials, 0 < level < 1.
/// Source: Clopper & Pearson, The use of confidence or fiducial limits, Biometrika 26 (1934).
[[nodiscard]] double lower_proportion(std::uint64_t successes, std::uint64_t trials, double level);
[[nodiscard]] double upper_proportion(std::uint64_t successes, std::uint64_t trials, double level);

/// ln E(s, n): the wealth, after `heads` of `tosses`, of a bettor who bets on every toss that heads
/// has a probability above 1/2. If it is at most 1/2, the probability that E ever reaches 1/α is at
/// most α, for any number of looks (Ville's inequality). So a test may stop at any toss.
///
/// Half of the wealth is bet on a uniform probability p in [1/2, 1], half on p = 0.99. As each half
/// is a likelihood ratio against 1/2, so is their mean:
/// E(s, n) = U/2 + (2p)^s (2 - 2p)^(n-s) / 2, with U = 2^(n+1) B(s+1, n-s+1) P(Bin(n+1, 1/2) <= s).
/// The fixed half decides a clear case sooner; where the case is not clear, it costs a factor of 2.
/// Precondition: 0 <= heads <= tosses. Source: `docs/design/verdict.md` (iii); Howard, Ramdas,
/// McAuliffe & Sekhon, Time-uniform, nonparametric, nonasymptotic confidence sequences, Annals of
/// Statistics 49 (2021).
[[nodiscard]] double log_betting_evidence(int heads, int tosses);

/// Minimum heads of `tosses` whose evidence reaches `log_bar`, ln(1/α); empty if `tosses` heads are
/// too few. Precondition: `tosses` >= 0 and `log_bar` > 0.
[[nodiscard]] std::optional<int> least_heads(int tosses, double log_bar);

}  // namespace pulsebench::stats
