#include "pulsebench/stats/e_divisive.hpp"

#include <doctest/doctest.h>

#include <vector>

using doctest::Approx;
using pulsebench::stats::e_divisive_split;

TEST_CASE("a step is found at its position, with the statistic of exact fractions") {
  // Q over all splits in Python's Fraction, straight from the definition: 69/10, 121/8, 76/3, ...
  const std::vector<double> step{1, 2, 1, 2, 9, 8, 9, 8};
  const auto split = e_divisive_split(step);
  REQUIRE(split.has_value());
  CHECK(split->at == 4);
  CHECK(split->statistic == Approx(76.0 / 3.0).epsilon(1e-14));
}

TEST_CASE("in the digits of pi the best split is the fourth, 52/9") {
  const std::vector<double> digits{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
  CHECK(e_divisive_split(digits)->at == 4);
  CHECK(e_divisive_split(digits)->statistic == Approx(52.0 / 9.0).epsilon(1e-14));
  // With 5 values at least on each side: -16/15, 65/36, 109/36 for 6, 7 and 5.
  CHECK(e_divisive_split(digits, 5)->at == 5);
  CHECK(e_divisive_split(digits, 5)->statistic == Approx(109.0 / 36.0).epsilon(1e-14));
}

TEST_CASE("a series that is too short for two parts has no split") {
  CHECK_FALSE(e_divisive_split(std::vector<double>{1, 2, 3}).has_value());
  CHECK(e_divisive_split(std::vector<double>{1, 1, 2, 2}).has_value());
  CHECK_FALSE(e_divisive_split({}).has_value());
  CHECK_FALSE(e_divisive_split(std::vector<double>(9, 1.0), 5).has_value());
}

TEST_CASE("the split of a constant series has statistic 0") {
  CHECK(e_divisive_split(std::vector<double>(10, 3.0))->statistic == 0.0);
}
