#include "pulsebench/stats/false_discovery.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>

using pulsebench::stats::discoveries;

// Benjamini & Hochberg (1995), section 3.2, the example of 15 hypotheses about thrombolysis: at
// 0.05 the procedure finds the four smallest ones, where Bonferroni's finds three.
TEST_CASE("the published example has four discoveries") {
  constexpr std::array kPublished{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                  0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const auto found = discoveries(kPublished, 0.05);
  REQUIRE(found.size() == kPublished.size());
  CHECK(std::count(found.begin(), found.end(), true) == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(found[i]);
}

TEST_CASE("the order of the p-values does not matter, and none is fine") {
  const auto found = discoveries(std::array{0.9, 0.001, 0.5}, 0.05);
  CHECK(found == std::vector<bool>{false, true, false});
  CHECK(discoveries({}, 0.05).empty());
  CHECK(discoveries(std::array{0.05}, 0.05) == std::vector<bool>{true});
  CHECK(discoveries(std::array{0.051}, 0.05) == std::vector<bool>{false});
}

TEST_CASE("a later p-value within its bound takes the earlier ones with it") {
  CHECK(discoveries(std::array{0.04, 0.045}, 0.05) == std::vector<bool>{true, true});
}

TEST_CASE("without any effect there is a discovery in five per cent of the families") {
  std::mt19937_64 bits{20261128};
  std::uniform_real_distribution<double> p{0.0, 1.0};
  int with_any = 0;
  constexpr int kFamilies = 20'000;
  for (int i = 0; i < kFamilies; ++i) {
    std::array<double, 20> values{};
    for (double& value : values) value = p(bits);
    const auto found = discoveries(values, 0.05);
    with_any += std::find(found.begin(), found.end(), true) != found.end() ? 1 : 0;
  }
  // Three standard errors of a binomial share: 0.0046.
  CHECK(with_any / double{kFamilies} == doctest::Approx(0.05).epsilon(0.1));
}
