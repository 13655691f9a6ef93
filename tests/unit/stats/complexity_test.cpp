#include "pulsebench/stats/complexity.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

using namespace pulsebench::stats;
using doctest::Approx;

namespace {

constexpr std::array kSizes{10.0, 50.0, 100.0, 500.0, 1000.0};
constexpr std::array kAll{Growth::constant, Growth::logarithmic, Growth::linear,
                          Growth::linearithmic, Growth::quadratic};

template <class Cost>
std::vector<double> costs_of(Cost cost) {
  std::vector<double> costs;
  for (const double n : kSizes) costs.push_back(cost(n));
  return costs;
}

}  // namespace

// Expected numbers of this file: scipy 1.10.1, optimize.nnls of the columns 1/y and f(n)/y on ones.
TEST_CASE("a fit has the least relative errors with neither part below zero") {
  // Estimates of a published registry look-up at 10 to 1000 tasks.
  constexpr std::array kRegistry{6.9102, 7.2103, 7.4523, 8.2345, 8.6789};
  constexpr std::array kOffsets{7.58932593, 5.87753114, 7.11726488, 7.16486594, 7.27824485};
  constexpr std::array kSlopes{0.0, 0.262442601, 0.0017227751, 0.000169008856, 1.55975866e-06};
  constexpr std::array kErrors{0.0832584834, 0.0196883123, 0.0238391159, 0.0275375204,
                               0.0411252008};
  for (std::size_t i = 0; i < kAll.size(); ++i) {
    const GrowthFit fit = fit_growth(kAll[i], kSizes, kRegistry);
    CHECK(fit.offset == Approx(kOffsets[i]));
    CHECK(fit.slope == Approx(kSlopes[i]));
    CHECK(fit.rms == Approx(kErrors[i]));
  }
}

TEST_CASE("a negative offset becomes zero, and the slope is fitted without it") {
  constexpr std::array kBytes{100.0, 1024.0, 10240.0};
  constexpr std::array kCosts{642.0, 8665.0, 86234.0};
  const GrowthFit fit = fit_growth(Growth::linear, kBytes, kCosts);
  CHECK(fit.offset == 0.0);
  CHECK(fit.slope == Approx(7.50423342));
  CHECK(fit.rms == Approx(0.1331528));
}

TEST_CASE("a falling cost is fitted by a constant for any growth") {
  constexpr std::array kFalling{10.0, 9.5, 9.0, 8.8, 8.7};
  for (const Growth growth : kAll) {
    const GrowthFit fit = fit_growth(growth, kSizes, kFalling);
    CHECK(fit.offset == Approx(9.15102993));
    CHECK(fit.slope == 0.0);
    CHECK(fit.rms == Approx(0.0512197454));
  }
}

TEST_CASE("each growth is recognised from its costs, with and without an offset") {
  for (const Growth growth : kAll) {
    const auto shape = [growth](double n) {
      switch (growth) {
        case Growth::constant:
          return 1.0;
        case Growth::logarithmic:
          return std::log2(n);
        case Growth::linear:
          return n;
        case Growth::linearithmic:
          return n * std::log2(n);
        case Growth::quadratic:
          return n * n;
      }
      return 0.0;
    };
    for (const double offset : {0.0, 5.0}) {
      const auto costs = costs_of([&](double n) { return offset + 2.0 * shape(n); });
      const GrowthFit fit = simplest_growth(kSizes, costs, 0.01);
      CHECK(fit.growth == growth);
      CHECK(fit.explains);
      CHECK(fit.rms == Approx(0.0).epsilon(1e-9));
      if (growth == Growth::constant) continue;
      CHECK(fit.offset == Approx(offset).epsilon(1e-6));
      CHECK(fit.slope == Approx(2.0));
    }
  }
}

TEST_CASE("a small steady rise within the noise is a constant") {
  // registry/lookup as measured: log n fits it to 0.13 %, a constant to 0.42 %.
  constexpr std::array kLookup{0.728, 0.731, 0.734, 0.734, 0.737};
  const GrowthFit fit = simplest_growth(kSizes, kLookup, 0.05);
  CHECK(fit.growth == Growth::constant);
  CHECK(fit.explains);
  CHECK(fit.offset == Approx(0.73277441));
  CHECK(fit.rms == Approx(0.00417975976));
}

TEST_CASE("costs are as constant as the noise that is allowed") {
  constexpr std::array kRegistry{6.9102, 7.2103, 7.4523, 8.2345, 8.6789};
  CHECK(simplest_growth(kSizes, kRegistry, 0.05).growth == Growth::logarithmic);
  CHECK(simplest_growth(kSizes, kRegistry, 0.10).growth == Growth::constant);
}

TEST_CASE("one outlying size does not turn a constant into growth") {
  constexpr std::array kOff{10.0, 10.2, 13.0, 9.9, 10.1};
  const GrowthFit fit = simplest_growth(kSizes, kOff, 0.05);
  CHECK(fit.growth == Growth::constant);
  CHECK_FALSE(fit.explains);
  CHECK(fit.rms == Approx(0.0952609255));
}

TEST_CASE("if no growth explains the costs, a more complex one must halve the error") {
  // 13 % off a line, 11 % off n log n: the line stays.
  constexpr std::array kBytes{100.0, 1024.0, 10240.0};
  constexpr std::array kCosts{642.0, 8665.0, 86234.0};
  const GrowthFit fit = simplest_growth(kBytes, kCosts, 0.05);
  CHECK(fit.growth == Growth::linear);
  CHECK_FALSE(fit.explains);
}

// The relative errors of 5 constants about their own fit have 4 degrees of freedom: with a noise of
// 3 % the rms exceeds 5 % in P(chi2_4 > 5 (5/3)^2) = 0.00762 of the cases (scipy.stats.chi2.sf).
TEST_CASE("a constant with 3 % noise is misjudged in at most 1 of 100 cases") {
  std::mt19937_64 random{20'260'101};
  std::normal_distribution<double> noise{0.0, 0.03};
  int wrong = 0;
  constexpr int kDraws = 10'000;
  for (int i = 0; i < kDraws; ++i) {
    const auto costs = costs_of([&](double) { return 8.0 * (1.0 + noise(random)); });
    const GrowthFit fit = simplest_growth(kSizes, costs, 0.05);
    wrong += fit.growth != Growth::constant || !fit.explains ? 1 : 0;
  }
  CHECK(wrong > kDraws * 0.004);
  CHECK(wrong < kDraws * 0.012);
}

TEST_CASE("n and n log n are distinguished at 3 % noise") {
  std::mt19937_64 random{7};
  std::normal_distribution<double> noise{0.0, 0.03};
  int lines = 0, linearithmic = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto line = costs_of([&](double n) { return (40.0 + 3.0 * n) * (1.0 + noise(random)); });
    const auto sort = costs_of([&](double n) { return n * std::log2(n) * (1.0 + noise(random)); });
    lines += simplest_growth(kSizes, line, 0.05).growth == Growth::linear ? 1 : 0;
    linearithmic += simplest_growth(kSizes, sort, 0.05).growth == Growth::linearithmic ? 1 : 0;
  }
  CHECK(lines >= 990);
  CHECK(linearithmic >= 980);
}

TEST_CASE("a single cost is a constant") {
  const GrowthFit fit = simplest_growth(std::array{8.0}, std::array{3.0}, 0.0);
  CHECK(fit.growth == Growth::constant);
  CHECK(fit.offset == Approx(3.0));
  CHECK(fit.explains);
}
