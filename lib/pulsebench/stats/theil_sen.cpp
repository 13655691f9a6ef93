#include "pulsebench/stats/theil_sen.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "pulsebench/stats/student.hpp"

namespace pulsebench::stats {
namespace {

constexpr std::size_t kFewestPoints = 5;

std::vector<double> slopes_of_pairs(std::span<const double> x, std::span<const double> y) {
  std::vector<double> slopes;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t k = i + 1; k < x.size(); ++k) {
      slopes.push_back((y[k] - y[i]) / (x[k] - x[i]));
    }
  }
  std::ranges::sort(slopes);
  return slopes;
}

}  // namespace

std::optional<Slope> theil_sen(std::span<const double> x, std::span<const double> y, double level) {
  assert(x.size() == y.size() && level > 0.0 && level < 1.0);
  if (x.size() < kFewestPoints) return std::nullopt;
  const std::vector<double> slopes = slopes_of_pairs(x, y);
  const double n = static_cast<double>(x.size());
  const double reach =
      upper_normal((1.0 - level) / 2.0) * std::sqrt(n * (n - 1.0) * (2.0 * n + 5.0) / 18.0);
  const double pairs = static_cast<double>(slopes.size());
  const auto slope_at = [&](double rank) {  // from 0
    return slopes[static_cast<std::size_t>(std::clamp(rank, 0.0, pairs - 1.0))];
  };
  return Slope{.value = quantile(slopes, 0.5),
               .interval = {.low = slope_at(std::round((pairs - reach) / 2.0) - 1.0),
                            .high = slope_at(std::round((pairs + reach) / 2.0))}};
}

}  // namespace pulsebench::stats
