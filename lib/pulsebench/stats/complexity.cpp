#include "pulsebench/stats/complexity.hpp"

#include <cassert>
#include <cmath>

namespace pulsebench::stats {
namespace {

constexpr double kClearlyBetter = 0.5;

double shape(Growth growth, double n) {
  switch (growth) {
    case Growth::constant:
      return 0.0;
    case Growth::logarithmic:
      return std::log2(n);
    case Growth::linear:
      return n;
    case Growth::linearithmic:
      return n * std::log2(n);
    case Growth::quadratic:
      return n * n;
  }
  return 0.0;
}

/// Sums of the normal equations of 1 ≈ offset · z + slope · x, z = 1 / cost and x = f(n) / cost.
struct Sums {
  double z = 0.0, x = 0.0, zz = 0.0, xx = 0.0, zx = 0.0;
};

/// Minimises over offset, slope >= 0. The function is convex, so the minimum is on the border if
/// the unconstrained one is beyond it.
void solve(const Sums& sums, GrowthFit& fit) {
  fit.offset = sums.z / sums.zz;
  fit.slope = 0.0;
  const double determinant = sums.zz * sums.xx - sums.zx * sums.zx;
  if (sums.xx <= 0.0 || determinant <= 0.0) return;  // no growth, or one size only
  const double offset = (sums.z * sums.xx - sums.x * sums.zx) / determinant;
  const double slope = (sums.zz * sums.x - sums.zx * sums.z) / determinant;
  if (slope <= 0.0) return;
  fit.offset = offset > 0.0 ? offset : 0.0;
  fit.slope = offset > 0.0 ? slope : sums.x / sums.xx;
}

double relative_rms(const GrowthFit& fit, std::span<const double> sizes,
                    std::span<const double> costs) {
  double squares = 0.0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double fitted = fit.offset + fit.slope * shape(fit.growth, sizes[i]);
    const double error = fitted / costs[i] - 1.0;
    squares += error * error;
  }
  return std::sqrt(squares / static_cast<double>(sizes.size()));
}

}  // namespace

GrowthFit fit_growth(Growth growth, std::span<const double> sizes, std::span<const double> costs) {
  assert(!sizes.empty() && sizes.size() == costs.size());
  Sums sums;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    assert(sizes[i] >= 1.0 && costs[i] > 0.0);
    const double z = 1.0 / costs[i];
    const double x = shape(growth, sizes[i]) / costs[i];
    sums.z += z, sums.x += x;
    sums.zz += z * z, sums.xx += x * x, sums.zx += z * x;
  }
  GrowthFit fit{.growth = growth};
  solve(sums, fit);
  fit.rms = relative_rms(fit, sizes, costs);
  return fit;
}

GrowthFit simplest_growth(std::span<const double> sizes, std::span<const double> costs,
                          double noise) {
  assert(noise >= 0.0);
  GrowthFit chosen = fit_growth(Growth::constant, sizes, costs);
  for (const Growth growth :
       {Growth::logarithmic, Growth::linear, Growth::linearithmic, Growth::quadratic}) {
    if (chosen.rms <= noise) break;
    const GrowthFit next = fit_growth(growth, sizes, costs);
    if (next.rms <= noise || next.rms < kClearlyBetter * chosen.rms) chosen = next;
  }
  chosen.explains = chosen.rms <= noise;
  return chosen;
}

}  // namespace pulsebench::stats
