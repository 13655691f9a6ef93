#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace pulsebench::stats {

/// Split of a series into the two parts that differ most, and their difference.
struct Split {
  std::size_t at = 0;      ///< the first value of the second part
  double statistic = 0.0;  ///< Q: m n / (m + n) times the energy distance of the parts
};

/// The split of `series` (in order of time) that maximises the E-divisive statistic with exponent
/// 1, each part having at least `least` values. It always finds the best split; a significance test
/// has to decide whether that is a change. Empty if the series is shorter than two such parts.
/// Precondition: `least` >= 2. Time: quadratic in the length. Source: Matteson & James, A
/// Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data, JASA 109 (2014),
/// equations 5 to 7.
[[nodiscard]] std::optional<Split> e_divisive_split(std::span<const double> series,
                                                    std::size_t least = 2);

}  // namespace pulsebench::stats
