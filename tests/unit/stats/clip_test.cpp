#include "pulsebench/stats/clip.hpp"

#include <doctest/doctest.h>

#include <vector>

using doctest::Approx;
using pulsebench::stats::clip_outliers;
using pulsebench::stats::ClipRule;
using pulsebench::stats::sigma_of_neighbours;

namespace {

/// With a deviation of 0.5: the values may be 1 from the running median.
constexpr ClipRule kRule{.window = 7, .sigmas = 2.0, .least_sigma = 0.5};

}  // namespace

TEST_CASE("the deviation is that of the neighbours' differences, by hand") {
  // |differences| 1, 2, 3, 4: median 2.5; 1.4826 * 2.5 / sqrt(2) = 2.62089
  CHECK(sigma_of_neighbours(std::vector<double>{0, 1, 3, 6, 10}) == Approx(2.62089).epsilon(1e-5));
  CHECK(sigma_of_neighbours(std::vector<double>{5}) == 0.0);
}

TEST_CASE("an outlier is moved to the edge of what its neighbours allow") {
  const std::vector<double> series{0, 0, 0, 0, 9, 0, 0, 0, 0};
  CHECK(clip_outliers(series, kRule) == std::vector<double>{0, 0, 0, 0, 1, 0, 0, 0, 0});
}

TEST_CASE("three outliers of the newest four are clipped too: the window has seven at the end") {
  // A window that is cut at the end would have 9 as the median of the last four.
  const std::vector<double> series{0, 0, 0, 0, 0, 0, 9, 9, 9};
  CHECK(clip_outliers(series, kRule) == std::vector<double>{0, 0, 0, 0, 0, 0, 1, 1, 1});
  const std::vector<double> mirrored{9, 9, 9, 0, 0, 0, 0, 0, 0};
  CHECK(clip_outliers(mirrored, kRule) == std::vector<double>{1, 1, 1, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("four new values of seven are a new level, which stays") {
  const std::vector<double> series{0, 0, 0, 0, 0, 0, 9, 9, 9, 9};
  const std::vector<double> clipped = clip_outliers(series, kRule);
  CHECK(clipped.back() == 9);
  CHECK(clipped[6] == 9);  // its window is the last seven
  CHECK(clipped[5] == 0);  // whose window is the seven around it, of which four are 0
}

TEST_CASE("a short series is clipped to its own median, and a pair is left alone") {
  CHECK(clip_outliers(std::vector<double>{0, 0, 0, 0, 9}, kRule) ==
        std::vector<double>{0, 0, 0, 0, 1});
  CHECK(clip_outliers(std::vector<double>{0, 9}, kRule) == std::vector<double>{0, 9});
}
