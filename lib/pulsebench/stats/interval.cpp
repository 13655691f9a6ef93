#include "pulsebench/stats/interval.hpp"

#include <cassert>
#include <cstddef>

#include <boost/math/distributions/binomial.hpp>

namespace pulsebench::stats {

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
