#include "pulsebench/stats/theil_sen.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace pulsebench::stats;

// The example of Sen (1968), with the results that scipy's test of theilslopes expects.
TEST_CASE("the slope and its interval are those of Sen's example") {
  const std::vector<double> x{1, 2, 3, 4, 10, 12, 18};
  const std::vector<double> y{9, 15, 19, 20, 45, 55, 78};
  const auto slope = theil_sen(x, y, 0.93);
  REQUIRE(slope.has_value());
  CHECK(slope->value == doctest::Approx(4.0));
  CHECK(slope->interval.low == doctest::Approx(3.71).epsilon(0.002));
  CHECK(slope->interval.high == doctest::Approx(4.38).epsilon(0.002));
}

TEST_CASE("one wild point does not turn a slope") {
  const std::vector<double> x{0, 1, 2, 3, 4, 5, 6, 7};
  const std::vector<double> y{0, 2, 4, 6, 800, 10, 12, 14};
  CHECK(theil_sen(x, y, 0.95)->value == doctest::Approx(2.0));
}

TEST_CASE("what stays the same has the slope 0, for certain") {
  const auto slope =
      theil_sen(std::vector<double>{1, 2, 3, 4, 5}, std::vector<double>(5, 7.0), 0.95);
  REQUIRE(slope.has_value());
  CHECK(slope->value == 0.0);
  CHECK(slope->interval.low == 0.0);
  CHECK(slope->interval.high == 0.0);
}

TEST_CASE("four points have no slope") {
  const std::vector<double> four{1, 2, 3, 4};
  CHECK_FALSE(theil_sen(four, four, 0.95).has_value());
}
