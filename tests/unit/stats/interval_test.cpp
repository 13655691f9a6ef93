#include "pulsebench/stats/quantile.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <vector>

using pulsebench::stats::median_interval;

namespace {

/// 1, 2, ... n: the interval's ends are then the ranks themselves.
std::vector<double> ranks(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

void check_ranks(std::size_t n, double level, double low, double high) {
  CAPTURE(n);
  CAPTURE(level);
  const auto interval = median_interval(ranks(n), level);
  REQUIRE(interval.has_value());
  CHECK(interval->low == low);
  CHECK(interval->high == high);
}

}  // namespace

TEST_CASE("the ranks around the median equal exact binomial sums") {
  // The largest r with sum(C(n, i), i < r) / 2^n <= (1 - level) / 2, in Python's exact integers
  // (math.comb); n 20 at level 0.95 is also R's qbinom(0.025, 20, 0.5) = 6.
  check_ranks(6, 0.95, 1, 6);
  check_ranks(10, 0.95, 2, 9);
  check_ranks(15, 0.95, 4, 12);
  check_ranks(20, 0.95, 6, 15);
  check_ranks(50, 0.95, 18, 33);
  check_ranks(8, 0.99, 1, 8);
  check_ranks(10, 0.99, 1, 10);
  check_ranks(20, 0.99, 4, 17);
}

TEST_CASE("too few values have no finite interval") {
  // 1 - 2 / 2^5 = 0.9375 < 0.95 and 1 - 2 / 2^7 = 0.984 < 0.99.
  CHECK_FALSE(median_interval(ranks(5), 0.95).has_value());
  CHECK_FALSE(median_interval(ranks(7), 0.99).has_value());
  CHECK_FALSE(median_interval(ranks(1), 0.5).has_value());
  CHECK_FALSE(median_interval({}, 0.5).has_value());
}
