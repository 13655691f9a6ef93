#include "pulsebench/stats/quantile.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using namespace pulsebench::stats;
using doctest::Approx;

TEST_CASE("a quantile is R's default, type 7") {
  // By hand from the definition in ?quantile of R: h = (n - 1) p, here 3 p on 1, 2, 4, 8.
  const std::vector<double> sample{1, 2, 4, 8};
  CHECK(quantile(sample, 0.0) == 1.0);
  CHECK(quantile(sample, 0.25) == Approx(1.75));
  CHECK(quantile(sample, 0.5) == Approx(3.0));
  CHECK(quantile(sample, 0.75) == Approx(5.0));
  CHECK(quantile(sample, 1.0) == 8.0);
}

TEST_CASE("quantiles of the numbers 1 to 10 equal NumPy's manual") {
  // numpy.quantile, method 'linear': i + g = q (n - 1), so 0.1 falls on 1.9 and 0.99 on 9.91.
  const std::vector<double> sample{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  CHECK(quantile(sample, 0.1) == Approx(1.9));
  CHECK(quantile(sample, 0.25) == Approx(3.25));
  CHECK(quantile(sample, 0.99) == Approx(9.91));
}

TEST_CASE("every quantile of one value is that value") {
  for (const double p : {0.0, 0.25, 0.5, 1.0}) CHECK(quantile(std::vector<double>{3.5}, p) == 3.5);
}

TEST_CASE("a quantile is within the range of its neighbours") {
  const std::vector<double> sample{0.1, 0.1, 0.1, 0.3};
  CHECK(quantile(sample, 1.0 / 3.0) == 0.1);
}

TEST_CASE("the median of unsorted values, also of an even count") {
  CHECK(median(std::vector<double>{5, 1, 3}) == 3.0);
  CHECK(median(std::vector<double>{4, 1, 3, 2}) == 2.5);
}

// By hand, definition 1: of 1 ten times, 5 eighty times and 9 ten times, a tenth is at most 1 and
// nine tenths at most 5. In R: quantile(rep(c(1, 5, 9), c(10, 80, 10)), p, type = 1).
TEST_CASE("the quantile of counted values is one of them") {
  const std::array<Counted, 3> counted{{{1.0, 10}, {5.0, 80}, {9.0, 10}}};
  CHECK(quantile_of(counted, 0.0) == 1.0);
  CHECK(quantile_of(counted, 0.1) == 1.0);
  CHECK(quantile_of(counted, 0.5) == 5.0);
  CHECK(quantile_of(counted, 0.9) == 5.0);
  CHECK(quantile_of(counted, 0.91) == 9.0);
  CHECK(quantile_of(counted, 1.0) == 9.0);
}
