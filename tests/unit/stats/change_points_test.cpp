#include "pulsebench/stats/change_points.hpp"

#include <doctest/doctest.h>

#include <vector>

using pulsebench::stats::change_points;
using pulsebench::stats::ChangePointRule;

namespace {

/// Levels of the given lengths, with a zigzag of ±0.1 around each.
std::vector<double> levels(std::initializer_list<std::pair<double, int>> parts) {
  std::vector<double> series;
  for (const auto& [level, length] : parts) {
    for (int i = 0; i < length; ++i) series.push_back(level + (i % 2 == 0 ? 0.1 : -0.1));
  }
  return series;
}

using Points = std::vector<std::size_t>;

}  // namespace

TEST_CASE("each step is found at its first value") {
  CHECK(change_points(levels({{0, 20}, {1, 20}}), {}) == Points{20});
  CHECK(change_points(levels({{0, 20}, {1, 20}, {-2, 20}}), {}) == Points{20, 40});
}

TEST_CASE("a step in the second window of a long series is found") {
  CHECK(change_points(levels({{0, 120}, {1, 30}}), {}) == Points{120});
}

TEST_CASE("a constant level has no change, and a short series none that is significant") {
  CHECK(change_points(levels({{3, 80}}), {}).empty());
  CHECK(change_points(levels({{0, 2}, {1, 2}}), {}).empty());
  CHECK(change_points({}, {}).empty());
}

TEST_CASE("a shift below the least one is no change, however certain") {
  const auto series = levels({{0, 40}, {0.5, 40}});
  CHECK(change_points(series, {.least_shift = 0.49}) == Points{40});
  CHECK(change_points(series, {.least_shift = 0.51}).empty());
}

TEST_CASE("a change has to be below the final p, not only below the weak one") {
  // Two levels of 6: t = 10 for 10 degrees of freedom and p = 1.6e-6 (2 * student_tail(10, 10),
  // by Simpson's rule in Python): between the two bars.
  std::vector<double> series;
  for (const double level : {0.0, 1.0}) {
    for (int i = 0; i < 6; ++i) series.push_back(level + (i % 2 == 0 ? 0.158114 : -0.158114));
  }
  CHECK(change_points(series, {.p = 1e-5}) == Points{6});
  CHECK(change_points(series, {.p = 1e-6}).empty());
}
