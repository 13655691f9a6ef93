#include "pulsebench/stats/binomial.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace pulsebench::stats;
using doctest::Approx;

TEST_CASE("log binomial coefficients equal Pascal's triangle") {
  CHECK(log_choose(10, 3) == Approx(std::log(120.0)).epsilon(1e-14));
  CHECK(log_choose(52, 5) == Approx(std::log(2'598'960.0)).epsilon(1e-14));
  CHECK(log_choose(7, 0) == Approx(0.0));
  CHECK(log_choose(0, 0) == Approx(0.0));
}

TEST_CASE("the lower tail of a fair coin equals exact rational arithmetic") {
  // Python: Fraction(sum(comb(n, i) for i in range(k + 1)), 2**n), its logarithm to 50 digits.
  struct Row {
    int n, k;
    double log_tail;
  };
  for (const Row& row : {Row{1, 0, -0.69314718055994529}, Row{10, 2, -2.9061201148643039},
                         Row{10, 9, -0.00097703964782661274}, Row{100, 20, -21.306743782573065},
                         Row{129, 0, -89.415986292232944}, Row{2000, 700, -94.610955013462686},
                         Row{5000, 2500, -0.68192713386446135}}) {
    CAPTURE(row.n);
    CAPTURE(row.k);
    CHECK(log_fair_lower_tail(row.n, row.k) == Approx(row.log_tail).epsilon(1e-12));
  }
  CHECK(log_fair_lower_tail(2000, 1999) == Approx(0.0).epsilon(1e-10));
  CHECK(log_fair_lower_tail(50, 50) == 0.0);
}

TEST_CASE("the score interval equals Newcombe's table") {
  // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (Wilson), level 0.95.
  const auto check = [](int successes, int trials, double low, double high) {
    CAPTURE(successes);
    CAPTURE(trials);
    const Interval interval = wilson_interval(successes, trials, 0.95);
    CHECK(std::abs(interval.low - low) < 5e-5);
    CHECK(std::abs(interval.high - high) < 5e-5);
  };
  check(81, 263, 0.2553, 0.3662);
  check(15, 148, 0.0624, 0.1605);
  check(0, 20, 0.0, 0.1611);
  check(1, 29, 0.0061, 0.1718);
}

TEST_CASE("the interval of a proportion of none or all ends at 0 or 1") {
  CHECK(wilson_interval(0, 3425, 0.95).low == 0.0);
  // z² / (n + z²) with z = 1.959964: 3.841459 / 3428.841459.
  CHECK(wilson_interval(0, 3425, 0.95).high == Approx(0.00112034).epsilon(1e-5));
  CHECK(wilson_interval(29, 29, 0.95).high == 1.0);
}

TEST_CASE("the exact bounds of a proportion are those of Newcombe's table") {
  // Statistics in Medicine 17 (1998), Table I, method 5 (Clopper-Pearson), two-sided at 0.95.
  struct Row {
    std::uint64_t successes, trials;
    double low, high;
  };
  for (const Row& row : {Row{81, 263, 0.2527, 0.3676}, Row{15, 148, 0.0578, 0.1617},
                         Row{0, 20, 0.0, 0.1684}, Row{1, 29, 0.0009, 0.1776}}) {
    CAPTURE(row.successes);
    CHECK(std::abs(lower_proportion(row.successes, row.trials, 0.975) - row.low) < 5e-5);
    CHECK(std::abs(upper_proportion(row.successes, row.trials, 0.975) - row.high) < 5e-5);
  }
}

TEST_CASE("without an error the bound of its rate is the rule of three") {
  // 0 of n: (1 - p)^n = 0.05, so that p = 1 - 0.05^(1/n), which is about 3/n.
  for (const std::uint64_t n : {300U, 3000U, 30'000U}) {
    const double exact = -std::expm1(std::log(0.05) / static_cast<double>(n));
    CHECK(upper_proportion(0, n, 0.95) == doctest::Approx(exact).epsilon(1e-9));
    CHECK(upper_proportion(0, n, 0.95) < 3.0 / static_cast<double>(n));
  }
  CHECK(upper_proportion(20, 20, 0.95) == 1.0);
  CHECK(lower_proportion(20, 20, 0.95) == doctest::Approx(std::pow(0.05, 1.0 / 20)));
}
