#pragma once

#include <optional>
#include <span>

#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::stats {

struct Slope {
  double value = 0.0;
  Interval interval;
};

/// Slope of `y` over `x` after Theil and Sen, the median of the slopes of all pairs: a quarter of
/// the points may be anything. The interval of level `level` is two-sided and distribution-free.
/// Ties of `y` make it too wide, never too narrow. Empty below five points. Precondition: `x` and
/// `y` have one size, all of `x` differ, and 0 < level < 1.
/// Source: Sen, Estimates of the Regression Coefficient Based on Kendall's Tau, Journal of the
/// American Statistical Association 63 (1968), equation 2.6.
[[nodiscard]] std::optional<Slope> theil_sen(std::span<const double> x, std::span<const double> y,
                                             double level);

}  // namespace pulsebench::stats
