#include "pulsebench/stats/binomial.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include <boost/multiprecision/cpp_int.hpp>

using doctest::Approx;
using pulsebench::stats::least_heads;
using pulsebench::stats::log_betting_evidence;

TEST_CASE("the evidence equals exact integer arithmetic for every outcome of up to 200 tosses") {
  // E = sum(C(n + 1, i), i <= s) / ((n + 1) C(n, s)); both fit a double's range, exactly rounded.
  using Integer = boost::multiprecision::cpp_int;
  double worst = 0.0;
  for (int n = 0; n <= 200; ++n) {
    Integer choose_next = 1;  // C(n + 1, s)
    Integer choose = 1;       // C(n, s)
    Integer sum = 0;
    for (int s = 0; s <= n; ++s) {
      sum += choose_next;
      const Integer below = (n + 1) * choose;
      const double exact =
          std::log(sum.convert_to<double>()) - std::log(below.convert_to<double>());
      worst = std::max(worst, std::abs(log_betting_evidence(s, n) - exact));
      choose_next = choose_next * (n + 1 - s) / (s + 1);
      choose = choose * (n - s) / (s + 1);
    }
  }
  CHECK(worst < 1e-11);
}

TEST_CASE("the evidence equals Python's fractions") {
  // E as above by fractions.Fraction and math.comb, the logarithm by decimal to 50 digits.
  CHECK(log_betting_evidence(0, 0) == Approx(0.0));
  CHECK(log_betting_evidence(3, 4) == Approx(0.26236426446749106).epsilon(1e-13));
  CHECK(log_betting_evidence(13, 37) == Approx(-2.6028216529474419).epsilon(1e-13));
  CHECK(log_betting_evidence(100, 128) == Approx(19.779814093363832).epsilon(1e-13));
  CHECK(log_betting_evidence(200, 200) == Approx(134.01927838448992).epsilon(1e-13));
}

TEST_CASE("it takes 17 blocks to flag one of 60 benchmarks and 7 to pass one") {
  // docs/design/verdict.md (iii): 2 k / α = 12,000 needs n >= 17, and 1 / β = 20 needs n >= 7.
  CHECK(log_betting_evidence(16, 16) < std::log(12'000.0));
  CHECK(log_betting_evidence(17, 17) >= std::log(12'000.0));
  CHECK(log_betting_evidence(6, 6) < std::log(20.0));
  CHECK(log_betting_evidence(7, 7) >= std::log(20.0));
}

TEST_CASE("the minimum heads for a decision equal exact fractions") {
  // By fractions.Fraction and math.comb of Python, trying every number of heads.
  CHECK(least_heads(16, std::log(12'000.0)) == std::nullopt);
  CHECK(least_heads(17, std::log(12'000.0)) == 17);
  CHECK(least_heads(32, std::log(12'000.0)) == 29);
  CHECK(least_heads(64, std::log(12'000.0)) == 51);
  CHECK(least_heads(128, std::log(12'000.0)) == 91);
  CHECK(least_heads(7, std::log(20.0)) == 7);
  CHECK(least_heads(24, std::log(600.0)) == 21);
  CHECK(least_heads(0, 1.0) == std::nullopt);
  CHECK(least_heads(1, std::log(1.2)) == 1);
}

TEST_CASE("looking after every toss does not raise the probability of a false alarm") {
  // A fair coin, 4,000 times 128 tosses: E ever reaches 20 with a probability of at most 1/20.
  std::mt19937_64 bits(11);
  int reached = 0;
  for (int series = 0; series < 4'000; ++series) {
    int heads = 0;
    bool alarmed = false;
    for (int toss = 1; toss <= 128 && !alarmed; ++toss) {
      heads += static_cast<int>(bits() >> 63U);
      alarmed = log_betting_evidence(heads, toss) >= std::log(20.0);
    }
    reached += alarmed ? 1 : 0;
  }
  CHECK(reached <= 200);
  CHECK(reached > 0);  // otherwise the test would prove nothing
}
