#include "pulsebench/stats/modes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using pulsebench::stats::two_modes;

namespace {

std::vector<double> ascending(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

TEST_CASE("the two modes of a mutex are found") {
  // Launches of one build, ns: 12 near 5.65 and 8 near 6.25.
  const auto launches =
      ascending({5.64, 5.65, 5.66, 5.65, 5.64, 5.65, 5.66, 5.65, 5.64, 5.65, 5.66, 5.65,  //
                 6.24, 6.25, 6.26, 6.25, 6.24, 6.25, 6.26, 6.25});
  CHECK(two_modes(launches) == 12);
}

TEST_CASE("two values alone are two modes, one value is one") {
  std::vector<double> two(20, 1.0);
  std::fill(two.begin() + 9, two.end(), 2.0);
  CHECK(two_modes(two) == 9);
  CHECK_FALSE(two_modes(std::vector<double>(20, 1.0)));
}

TEST_CASE("one or two outliers, or an even spread, are not a mode") {
  auto launches = std::vector<double>(20, 1.0);
  for (std::size_t i = 0; i < launches.size(); ++i) launches[i] += 0.001 * static_cast<double>(i);
  CHECK_FALSE(two_modes(launches));
  launches[19] = 1.5;
  CHECK_FALSE(two_modes(launches));
  launches[18] = 1.5;
  CHECK_FALSE(two_modes(launches));
}

TEST_CASE("fewer than 16 values have no modes") {
  CHECK_FALSE(two_modes(std::vector<double>{}));
  CHECK_FALSE(two_modes(std::vector<double>{1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2}));
}

TEST_CASE("at most 1 of 100 normal samples of 16 and more values has two modes") {
  std::mt19937_64 bits(41);
  const auto uniform = [&] { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53; };
  for (const std::size_t n : {16U, 20U, 64U}) {
    int found = 0;
    for (int sample = 0; sample < 300; ++sample) {
      std::vector<double> values(n);
      for (double& value : values) {
        value = std::sqrt(-2.0 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
      }
      found += two_modes(ascending(values)) ? 1 : 0;
    }
    CHECK(found <= 3);
  }
}
