#pragma once

#include <span>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::compare {

/// What the paired launches of one benchmark say, in logarithms of ratios.
struct Evidence {
  double median = 0.0;    ///< m: of ln(candidate / base)
  double sampling = 0.0;  ///< SE: the standard error of m within the two runs
  double total = 0.0;     ///< T: with what two runs of the same code differ by
  int pairs = 0;
};

/// `m`, `SE = 1.2533 · 1.4826 · MAD / √n` and `T = √(SE² + 2 σ_run²)` of `VERDICT.md` (ii).
/// Precondition: `log_ratios` is not empty and `run_sigma` > 0.
[[nodiscard]] Evidence weigh(std::span<const double> log_ratios, double run_sigma);

/// z = (m − ln(1 + threshold)) / T.
[[nodiscard]] double z_score(const Evidence& evidence, Percent threshold);

/// `regressed` where z reaches the normal quantile of 1 − α/k; `improved` where the mirrored change
/// does; `unchanged` where z <= −1.645; else `inconclusive`. `tail` is α/k: the family's odds of a
/// false alarm, shared among the benchmarks judged.
[[nodiscard]] Verdict decide(const Evidence& evidence, Percent threshold, double tail);

/// The two-sided interval of the change at level 0.99: m ± 2.576 T. The normal one, for it has to
/// cover what two runs differ by, and order statistics only know the launches within them.
struct ChangeInterval {
  Percent low, high;
};
[[nodiscard]] ChangeInterval change_interval(const Evidence& evidence);

/// exp(x) − 1 in per cent.
[[nodiscard]] Percent percent_of_log(double log_ratio);

}  // namespace pulsebench::compare
