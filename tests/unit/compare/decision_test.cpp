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

TEST_CASE("the evidence is m, SE and T of VERDICT (ii)") {
  // By hand: median 0.02, absolute deviations 0.02 0.01 0 0.01 0.02, MAD 0.01;
  // SE = 1.2533 · 1.4826 · 0.01 / √5 = 0.0083099; T = √(SE² + 2 · 0.005²) = 0.0109108.
  const std::array ratios{0.0, 0.01, 0.02, 0.03, 0.04};
  const Evidence evidence = weigh(ratios, 0.005);
  CHECK(evidence.median == Approx(0.02));
  CHECK(evidence.sampling == Approx(0.0083099).epsilon(1e-4));
  CHECK(evidence.total == Approx(0.0109108).epsilon(1e-4));
  CHECK(evidence.pairs == 5);
  // (0.02 - ln 1.05) / T = -0.0287902 / 0.0109108.
  CHECK(z_score(evidence, Percent{5}) == Approx(-2.63868).epsilon(1e-4));
}

TEST_CASE("pairs that agree to the last digit still differ by what two runs do") {
  const std::vector<double> ratios(20, 0.0);
  CHECK(weigh(ratios, 0.005).total == Approx(0.005 * std::sqrt(2.0)));
}

TEST_CASE("a change is a regression from the corrected quantile on, and not below") {
  // VERDICT.md (ii): 3.59 for 60 benchmarks at .01; to four digits 3.5879 (Python's NormalDist).
  CHECK(decide(with_z(3.588), Percent{5}, 0.01 / 60) == Verdict::regressed);
  CHECK(decide(with_z(3.587), Percent{5}, 0.01 / 60) == Verdict::inconclusive);
  CHECK(decide(with_z(2.4), Percent{5}, 0.01) == Verdict::regressed);  // one benchmark: 2.326
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
