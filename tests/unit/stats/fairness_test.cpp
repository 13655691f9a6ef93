#include "pulsebench/stats/spread.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace pulsebench::stats;

// Jain, Chiu & Hawe (1984): equal shares give 1, and k users of n that share all give k/n; the
// mixed case by hand: (1+2+3)^2 / (3 * (1+4+9)) = 36/42.
TEST_CASE("Jain's index is 1 for equal shares, and k/n if k of n share all") {
  CHECK(jain_index(std::array{7.0, 7.0, 7.0, 7.0}) == doctest::Approx(1.0));
  CHECK(jain_index(std::array{5.0, 5.0, 0.0, 0.0, 0.0}) == doctest::Approx(0.4));
  CHECK(jain_index(std::array{1.0, 2.0, 3.0}) == doctest::Approx(36.0 / 42.0));
}

TEST_CASE("the ratio is of the slowest thread to the fastest") {
  CHECK(min_max_ratio(std::array{4.0, 1.0, 2.0}) == doctest::Approx(0.25));
  CHECK(min_max_ratio(std::array{4.0, 0.0}) == 0.0);
}

TEST_CASE("threads without operations have equal shares") {
  CHECK(jain_index(std::array{0.0, 0.0}) == 1.0);
  CHECK(min_max_ratio(std::array{0.0, 0.0}) == 1.0);
}
