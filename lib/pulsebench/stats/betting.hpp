#pragma once

#include <optional>

namespace pulsebench::stats {

/// ln E(s, n): the wealth of one who bets on every toss that a coin falls heads more often than
/// not, after `heads` of `tosses`. Of a coin that falls heads in at most half of its tosses, the
/// probability that E ever reaches 1/α is at most α, however often one looks (Ville's inequality);
/// so a test may stop at any toss.
///
/// E(s, n) = 2^(n+1) B(s+1, n-s+1) P(Bin(n+1, 1/2) <= s): the likelihood ratio of a chance drawn
/// evenly from [1/2, 1] against 1/2. In logarithms, with the tail summed directly.
/// Precondition: 0 <= heads <= tosses.
/// Source: `docs/design/verdict.md` (iii); Howard, Ramdas, McAuliffe & Sekhon, Time-uniform,
/// nonparametric, nonasymptotic confidence sequences, Annals of Statistics 49 (2021).
[[nodiscard]] double log_betting_evidence(int heads, int tosses);

/// The fewest heads of `tosses` whose evidence reaches `log_bar`, ln(1/α); empty where not even all
/// of them do. Precondition: `tosses` >= 0 and `log_bar` > 0.
[[nodiscard]] std::optional<int> least_heads(int tosses, double log_bar);

}  // namespace pulsebench::stats
