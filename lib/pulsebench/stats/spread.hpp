#pragma once

#include <span>

namespace pulsebench::stats {

/// Factor from the MAD of normally distributed values to an estimate of their SD: 1 / Φ⁻¹(3/4).
inline constexpr double kMadToSigma = 1.4826;

/// Arithmetic mean. Precondition: `values` is not empty.
[[nodiscard]] double mean(std::span<const double> values);

/// Sample standard deviation (divisor n - 1); 0 for a single value. Precondition: `values` is not
/// empty.
[[nodiscard]] double standard_deviation(std::span<const double> values);

/// Median of the absolute deviations from the median, unscaled.
/// Precondition: `values` is not empty.
[[nodiscard]] double median_absolute_deviation(std::span<const double> values);

/// 1.4826 MAD / median: a relative spread that one interrupted value cannot move. A share, not a
/// percentage; 0 if the median is 0. Precondition: `values` is not empty.
[[nodiscard]] double robust_cv(std::span<const double> values);

/// Standard deviation / mean; 0 if the mean is 0. Precondition: `values` is not empty.
[[nodiscard]] double raw_cv(std::span<const double> values);

/// Standard error of the median of normally distributed values, estimated from their MAD:
/// 1.2533 (the square root of π/2) · 1.4826 · MAD / √n. Precondition: `values` is not empty.
/// The asymptotic 1 / (2 f(m) √n), with f the normal density at its median m.
[[nodiscard]] double median_standard_error(std::span<const double> values);

/// Standard error of the median, estimated from the standard deviation: less robust, but for a few
/// values less often too small by chance.
[[nodiscard]] double median_standard_error_by_deviation(std::span<const double> values);

/// Smallest share / largest share, 0 to 1; 1 if all are equal, also if all are 0. Precondition: not
/// empty, nothing negative.
[[nodiscard]] double min_max_ratio(std::span<const double> shares);

/// Jain's fairness index, (Σx)² / (n Σx²): 1 if all are equal (also all 0), k/n if k of n share
/// all. Precondition: not empty, no negative values. Source: Jain, Chiu & Hawe, A Quantitative
/// Measure of Fairness, DEC-TR-301 (1984), section 4.
[[nodiscard]] double jain_index(std::span<const double> shares);

}  // namespace pulsebench::stats
