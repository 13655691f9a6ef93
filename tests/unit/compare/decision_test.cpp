#include "pulsebench/compare/decision.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::compare;
using doctest::Approx;

namespace {

/// Evidence whose z against 5 % is `z`, at T = 1 %.
Evidence with_z(double z) {
  return {.median = std::log(1.05) + 0.01 * z, .sampling = 0.0, .total = 0.01, .pairs = 20};
}

}  // namespace

TEST_CASE("the error of a correction is one more standard deviation") {
  const std::vector<double> same(20, 0.0);
  CHECK(weigh(same, 0.004, 0.03).total == Approx(std::sqrt(2 * 0.004 * 0.004 + 0.03 * 0.03)));
}

TEST_CASE("the evidence is m, SE and T of the rule for stored results") {
  // By hand: the numbers 0 to 0.16 in steps of 0.01, median 0.08, MAD 0.04 (the 9th of 0, 0.01
  // twice, 0.02 twice, ...); SE = 1.2533 · 1.4826 · 0.04 / √17 = 0.0180265;
  // T = √(SE² + 2 · 0.005²) = 0.0193636.
  std::vector<double> ratios;
  for (int i = 0; i <= 16; ++i) ratios.push_back(0.01 * i);
  const Evidence evidence = weigh(ratios, 0.005);
  CHECK(evidence.median == Approx(0.08));
  CHECK(evidence.sampling == Approx(0.0180265).epsilon(1e-4));
  CHECK(evidence.total == Approx(0.0193636).epsilon(1e-4));
  CHECK(evidence.pairs == 17);
  CHECK(std::isinf(evidence.degrees_of_freedom));
  // (0.08 - ln 1.05) / T = 0.0312098 / 0.0193636.
  CHECK(z_score(evidence, Percent{5}) == Approx(1.611777).epsilon(1e-4));
}

TEST_CASE("below 16 pairs the spread is itself uncertain, and below 8 not believed to be small") {
  // By hand: ν = 0.37 · 9 · (T / SE)⁴ for 10 pairs of 0 to 0.09: MAD 0.025, SE 0.0146892,
  // T 0.0162999, (T / SE)⁴ = 1.516108, ν = 5.04864.
  std::vector<double> ten;
  for (int i = 0; i < 10; ++i) ten.push_back(0.01 * i);
  CHECK(weigh(ten, 0.005).degrees_of_freedom == Approx(5.04864).epsilon(1e-3));
  // Four pairs, of which three agree: MAD 0, SD 0.05, so SE = 1.2533 · 0.05 / 2.
  const std::array four{0.0, 0.0, 0.0, 0.1};
  CHECK(weigh(four, 0.005).sampling == Approx(0.0313329).epsilon(1e-4));
}

TEST_CASE("pairs that agree to the last digit still differ by what two runs do") {
  const std::vector<double> ratios(20, 0.0);
  CHECK(weigh(ratios, 0.005).total == Approx(0.005 * std::sqrt(2.0)));
}

TEST_CASE("a change is a regression from the corrected quantile on, and not below") {
  // docs/design/verdict.md (ii): 3.59 for 60 benchmarks at .01; to four digits 3.5879 (Python's
  // NormalDist).
  CHECK(decide(with_z(3.588), Percent{5}, 0.01 / 60) == Verdict::regressed);
  CHECK(decide(with_z(3.587), Percent{5}, 0.01 / 60) == Verdict::inconclusive);
  CHECK(decide(with_z(2.4), Percent{5}, 0.01) == Verdict::regressed);  // one benchmark: 2.326
}

TEST_CASE("a p-value is at the tail exactly where the verdict is at its bar") {
  // Two-sided tables of the normal distribution: 3.5879 leaves 0.01/60, 1.6449 leaves 0.05.
  CHECK(p_value(with_z(3.5879), Percent{5}, Verdict::regressed).value() ==
        Approx(0.01 / 60).epsilon(1e-3));
  CHECK(p_value(with_z(-1.6449), Percent{5}, Verdict::unchanged).value() ==
        Approx(0.05).epsilon(1e-3));
  Evidence faster = with_z(3.5879);
  faster.median = -faster.median;
  CHECK(p_value(faster, Percent{5}, Verdict::improved).value() == Approx(0.01 / 60).epsilon(1e-3));
  CHECK_FALSE(p_value(with_z(0), Percent{5}, Verdict::inconclusive).has_value());
}

TEST_CASE("a change is none from -1.645 down") {
  CHECK(decide(with_z(-1.646), Percent{5}, 0.01) == Verdict::unchanged);
  CHECK(decide(with_z(-1.644), Percent{5}, 0.01) == Verdict::inconclusive);
}

TEST_CASE("a slowdown of exactly the threshold is not a regression") {
  CHECK(decide(with_z(0.0), Percent{5}, 0.01) == Verdict::inconclusive);
}

TEST_CASE("an improvement is a regression in the mirror") {
  const auto mirrored = [](double z) {
    Evidence evidence = with_z(z);
    evidence.median = -evidence.median;
    return evidence;
  };
  CHECK(decide(mirrored(3.588), Percent{5}, 0.01 / 60) == Verdict::improved);
  CHECK(decide(mirrored(3.587), Percent{5}, 0.01 / 60) == Verdict::unchanged);
}

TEST_CASE("noise beyond the threshold is neither a change nor its absence") {
  const Evidence noisy{.median = 0.0, .sampling = 0.2, .total = 0.2, .pairs = 8};
  CHECK(decide(noisy, Percent{5}, 0.01) == Verdict::inconclusive);
}

TEST_CASE("the interval of the change is m ± 2.576 T, in per cent") {
  const Evidence evidence{.median = std::log(1.1), .sampling = 0.0, .total = 0.01, .pairs = 20};
  CHECK(percent_of_log(evidence.median).value == Approx(10.0));
  CHECK(change_interval(evidence).low.value == Approx(100 * (1.1 * std::exp(-0.0257583) - 1)));
  CHECK(change_interval(evidence).high.value == Approx(100 * (1.1 * std::exp(0.0257583) - 1)));
}
