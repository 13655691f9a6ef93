#pragma once

#include <limits>
#include <optional>
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
  /// How well T is known: that of Student's t in the place of the normal distribution. Endless from
  /// 16 pairs on, `docs/design/verdict.md` (ii) as it stands.
  double degrees_of_freedom = std::numeric_limits<double>::infinity();
};

/// `m`, `SE = 1.2533 · 1.4826 · MAD / √n` and `T = √(SE² + 2 σ_run²)` of `docs/design/verdict.md`
/// (ii).
///
/// Below 16 pairs (`quick`, a time budget, launches lost) a MAD that is small by luck would raise
/// alarms on unchanged code: simulated over families of 60 at α = 0.01, 9 % at 8 pairs and 48 % at
/// 4 where pairs scatter by 12 %. There T gets degrees of freedom by Welch & Satterthwaite, with
/// 0.37 (n − 1) for SE, 0.37 being the efficiency of the MAD; and below 8 pairs SE is at least what
/// the standard deviation says. That leaves 0.5 %.
/// `correction_error` is one more standard deviation in T: of what the ratios were corrected by.
/// Precondition: `log_ratios` is not empty and `run_sigma` > 0.
[[nodiscard]] Evidence weigh(std::span<const double> log_ratios, double run_sigma,
                             double correction_error = 0.0);

/// z = (m − ln(1 + threshold)) / T.
[[nodiscard]] double z_score(const Evidence& evidence, Percent threshold);

/// `regressed` where z reaches the quantile of 1 − α/k; `improved` where the mirrored change does;
/// `unchanged` where z <= −1.645 (the quantile of 0.05); else `inconclusive`. `tail` is α/k: the
/// family's odds of a false alarm, shared among the benchmarks judged.
[[nodiscard]] Verdict decide(const Evidence& evidence, Percent threshold, double tail);

/// The probability that chance alone gives a z at least as extreme as the one that `verdict` was
/// decided by, where the true change is exactly the threshold. It is at most `tail` for `regressed`
/// and `improved`, and at most 0.05 for `unchanged`. Empty for a verdict that no z decides.
[[nodiscard]] std::optional<double> p_value(const Evidence& evidence, Percent threshold,
                                            Verdict verdict);

/// The two-sided interval of the change at level 0.99: m ± 2.576 T (or Student's quantile). Not one
/// of order statistics, for it has to
/// cover what two runs differ by, and order statistics only know the launches within them.
struct ChangeInterval {
  Percent low, high;
};
[[nodiscard]] ChangeInterval change_interval(const Evidence& evidence);

/// exp(x) − 1 in per cent.
[[nodiscard]] Percent percent_of_log(double log_ratio);

}  // namespace pulsebench::compare
