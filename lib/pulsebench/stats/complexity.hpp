#pragma once

#include <span>

namespace pulsebench::stats {

/// Growth of a cost with the size n of the input, the simplest first.
enum class Growth { constant, logarithmic, linear, linearithmic, quadratic };

/// cost ≈ offset + slope · f(n), with f(n) = 1, log2 n, n, n log2 n or n²; neither is below zero,
/// and the slope of a constant is 0.
struct GrowthFit {
  Growth growth = Growth::constant;
  double offset = 0.0;
  double slope = 0.0;
  /// Root of the mean squared relative error, (fit - cost) / cost. A share.
  double rms = 0.0;
  bool explains = false;  ///< `rms` is at most the allowed noise
};

/// Least squares of the relative errors: noise is proportional to the cost, and plain squares would
/// weigh only the largest size. Precondition: as many costs as sizes, at least one, every cost
/// above zero, every size at least 1. Source: Lawson & Hanson, Solving Least Squares Problems,
/// chapter 23, for two unknowns.
[[nodiscard]] GrowthFit fit_growth(Growth growth, std::span<const double> sizes,
                                   std::span<const double> costs);

/// Simplest growth that explains the costs to within `noise` (a share, such as 0.05); a cost that
/// grows by less is called constant. If none does, the simplest whose error no other one halves,
/// with `explains` false. Preconditions of `fit_growth`, and noise >= 0.
[[nodiscard]] GrowthFit simplest_growth(std::span<const double> sizes,
                                        std::span<const double> costs, double noise);

}  // namespace pulsebench::stats
