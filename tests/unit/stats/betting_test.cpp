#include "pulsebench/stats/binomial.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>

using doctest::Approx;
using pulsebench::stats::least_heads;
using pulsebench::stats::log_betting_evidence;

TEST_CASE("the evidence equals exact integer arithmetic for every outcome of up to 200 tosses") {
  // E = U / 2 + (99/50)^s (1/50)^(n-s) / 2 with U = sum(C(n + 1, i), i <= s) / ((n + 1) C(n, s)).
  // As one fraction: (sum 50^n + 99^s (n + 1) C(n, s)) / (2 (n + 1) C(n, s) 50^n).
  using Integer = boost::multiprecision::cpp_int;
  using Real = boost::multiprecision::cpp_bin_float_50;
  double worst = 0.0;
  for (int n = 0; n <= 200; ++n) {
    const Integer power = pow(Integer{50}, static_cast<unsigned>(n));
    Integer choose_next = 1;  // C(n + 1, s)
    Integer choose = 1;       // C(n, s)
    Integer sum = 0;
    Integer bet = 1;  // 99^s
    for (int s = 0; s <= n; ++s) {
      sum += choose_next;
      const Integer below = (n + 1) * choose;
      const Real exact = log(Real{sum * power + bet * below}) - log(Real{2 * below * power});
      worst = std::max(worst, std::abs(log_betting_evidence(s, n) - exact.convert_to<double>()));
      choose_next = choose_next * (n + 1 - s) / (s + 1);
      choose = choose * (n - s) / (s + 1);
      bet *= 99;
    }
  }
  CHECK(worst < 1e-11);
}

TEST_CASE("the evidence equals Python's fractions") {
  // E as above by fractions.Fraction and math.comb, the logarithm by decimal to 60 digits.
  CHECK(log_betting_evidence(0, 0) == Approx(0.0));
  CHECK(log_betting_evidence(3, 4) == Approx(-0.31797095767239036).epsilon(1e-13));
  CHECK(log_betting_evidence(13, 37) == Approx(-3.2959688335073873).epsilon(1e-13));
  CHECK(log_betting_evidence(100, 128) == Approx(19.08666691280389).epsilon(1e-13));
  CHECK(log_betting_evidence(200, 200) == Approx(135.99786019200636).epsilon(1e-13));
}

TEST_CASE("it takes 15 blocks to flag one of 60 benchmarks and 5 to pass one") {
  // docs/design/verdict.md (iii): 2 k / α = 12,000 needs n >= 15, and 1 / β = 20 needs n >= 5.
  CHECK(log_betting_evidence(14, 14) < std::log(12'000.0));
  CHECK(log_betting_evidence(15, 15) >= std::log(12'000.0));
  CHECK(log_betting_evidence(4, 4) < std::log(20.0));
  CHECK(log_betting_evidence(5, 5) >= std::log(20.0));
}

TEST_CASE("the minimum heads for a decision equal exact fractions") {
  // By fractions.Fraction and math.comb of Python, trying every number of heads.
  CHECK(least_heads(14, std::log(12'000.0)) == std::nullopt);
  CHECK(least_heads(15, std::log(12'000.0)) == 15);
  CHECK(least_heads(32, std::log(12'000.0)) == 29);
  CHECK(least_heads(64, std::log(12'000.0)) == 51);
  CHECK(least_heads(128, std::log(12'000.0)) == 91);
  CHECK(least_heads(5, std::log(20.0)) == 5);
  CHECK(least_heads(11, std::log(20.0)) == 10);
  CHECK(least_heads(24, std::log(600.0)) == 22);
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
