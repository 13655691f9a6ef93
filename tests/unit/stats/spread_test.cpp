#include "pulsebench/stats/spread.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace pulsebench::stats;
using doctest::Approx;

TEST_CASE("mean and standard deviation of Michelson's first ten speeds are those of R") {
  // The first ten of R's data set `morley$Speed`, by hand: sum 9130, mean 913.
  const std::vector<double> speeds{850, 740, 900, 1070, 930, 850, 950, 980, 980, 880};
  CHECK(mean(speeds) == Approx(913.0));
  // Deviations -63 -173 -13 157 17 -63 37 67 67 -33, squares 3969 29929 169 24649 289 3969 1369
  // 4489 4489 1089, sum 74410, / 9 = 8267.78, root 90.9273.
  CHECK(standard_deviation(speeds) == Approx(90.9273).epsilon(1e-6));
  CHECK(raw_cv(speeds) == Approx(0.0995918).epsilon(1e-6));
}

TEST_CASE("a single value has no spread") {
  const std::vector<double> one{7.0};
  CHECK(standard_deviation(one) == 0.0);
  CHECK(median_absolute_deviation(one) == 0.0);
  CHECK(robust_cv(one) == 0.0);
  CHECK(median_standard_error(one) == 0.0);
}

TEST_CASE("the MAD is the median distance from the median") {
  // The worked example of Wikipedia's "Median absolute deviation": median 2, MAD 1.
  const std::vector<double> sample{1, 1, 2, 2, 4, 6, 9};
  CHECK(median_absolute_deviation(sample) == 1.0);
  CHECK(robust_cv(sample) == Approx(1.4826 / 2.0));
}

TEST_CASE("one interrupted launch of twenty changes the raw spread, not the robust one") {
  std::vector<double> launches(20, 10.0);
  for (std::size_t i = 0; i < launches.size(); ++i)
    launches[i] += 0.01 * static_cast<double>(i % 5);
  const double quiet = robust_cv(launches);
  launches.back() = 100.0;
  CHECK(robust_cv(launches) <= quiet * 1.5);
  CHECK(raw_cv(launches) > 1.0);
}

TEST_CASE("the standard error of a median is the one of the rule for stored results") {
  // 1.2533 · 1.4826 · MAD / √n with MAD 1 and n 7, by hand 1.858134 / 2.645751.
  const std::vector<double> sample{1, 1, 2, 2, 4, 6, 9};
  CHECK(median_standard_error(sample) == Approx(0.702313).epsilon(1e-5));
}

TEST_CASE("the standard error by deviation uses the SD instead of the scaled MAD") {
  // 1.2533141 · 90.927321 / √10 of Michelson's speeds above, in Python 36.03749.
  const std::vector<double> speeds{850, 740, 900, 1070, 930, 850, 950, 980, 980, 880};
  CHECK(median_standard_error_by_deviation(speeds) == Approx(36.03749).epsilon(1e-5));
}

TEST_CASE("the relative spread around zero is 0") {
  const std::vector<double> sample{-1, 0, 1};
  CHECK(robust_cv(sample) == 0.0);
  CHECK(raw_cv(sample) == 0.0);
}
