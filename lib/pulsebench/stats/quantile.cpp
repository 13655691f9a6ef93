#include "pulsebench/stats/quantile.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace pulsebench::stats {

std::vector<double> sorted(std::span<const double> values) {
  std::vector<double> ascending(values.begin(), values.end());
  std::sort(ascending.begin(), ascending.end());
  return ascending;
}

double quantile(std::span<const double> ascending, double p) {
  assert(!ascending.empty() && p >= 0.0 && p <= 1.0);
  const double position = p * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  const double share = position - static_cast<double>(below);
  return std::lerp(ascending[below], ascending[above], share);
}

double quantile_of(std::span<const Counted> ascending, double p) {
  assert(!ascending.empty() && p >= 0.0 && p <= 1.0);
  double all = 0.0;
  for (const Counted& counted : ascending) all += static_cast<double>(counted.count);
  double so_far = 0.0;
  for (const Counted& counted : ascending) {
    so_far += static_cast<double>(counted.count);
    if (so_far >= p * all) return counted.value;
  }
  return ascending.back().value;
}

double median(std::span<const double> values) {
  assert(!values.empty());
  std::vector<double> parted(values.begin(), values.end());
  const auto upper = parted.begin() + static_cast<std::ptrdiff_t>(parted.size() / 2);
  std::nth_element(parted.begin(), upper, parted.end());
  if (parted.size() % 2 == 1) return *upper;
  return std::lerp(*std::max_element(parted.begin(), upper), *upper, 0.5);
}

std::optional<Interval> median_interval(std::span<const double> ascending, double level) {
  assert(level > 0.0 && level < 1.0);
  if (ascending.empty()) return std::nullopt;
  const std::size_t n = ascending.size();
  const boost::math::binomial_distribution<double> below_median(static_cast<double>(n), 0.5);
  const double tail = (1.0 - level) / 2.0;
  const auto misses_too_often = [&](std::size_t cut_off) {
    return boost::math::cdf(below_median, static_cast<double>(cut_off)) > tail;
  };
  // The largest r with P(Bin(n, 1/2) <= r - 1) <= tail, by bisection of [0, n / 2 + 1).
  std::size_t rank = 0;
  std::size_t beyond = n / 2 + 1;
  while (beyond - rank > 1) {
    const std::size_t middle = rank + (beyond - rank) / 2;
    (misses_too_often(middle - 1) ? beyond : rank) = middle;
  }
  if (rank == 0) return std::nullopt;
  return Interval{ascending[rank - 1], ascending[n - rank]};
}

}  // namespace pulsebench::stats
