#include "pulsebench/trend/anchor.hpp"

#include <doctest/doctest.h>

#include <vector>

using doctest::Approx;
using pulsebench::trend::AnchorCost;
using pulsebench::trend::drift_of;

TEST_CASE("the drift is against the median of the first nine nights") {
  std::vector<AnchorCost> nights;
  for (int i = 0; i < 9; ++i) nights.push_back({i == 4 ? 9.0 : 2.0, "a"});  // median 2
  nights.push_back({2.5, "a"});
  const auto drift = drift_of(nights);
  CHECK(*drift[0] == Approx(0));
  CHECK(*drift[4] == Approx(7));
  CHECK(*drift[9] == Approx(0.5));
}

TEST_CASE("a night without the anchor has the drift of the night before") {
  const auto drift = drift_of(std::vector<AnchorCost>{{}, {1.0, "a"}, {1.0, "a"}, {1.25, "a"}, {}});
  CHECK_FALSE(drift[0].has_value());
  CHECK(*drift[3] == Approx(0.25));
  CHECK(*drift[4] == Approx(0.25));
}

TEST_CASE("another anchor goes on from where the one before ended") {
  // The first ends with a drift of 0.5, by the median of its last nine; the second begins there.
  std::vector<AnchorCost> nights(9, AnchorCost{1.0, "a"});
  for (int i = 0; i < 9; ++i) nights.push_back({1.5, "a"});
  nights.push_back({4.0, "b"});
  nights.push_back({4.0, "b"});
  nights.push_back({4.25, "b"});
  const auto drift = drift_of(nights);
  CHECK(*drift[17] == Approx(0.5));
  CHECK(*drift[18] == Approx(0.5));
  CHECK(*drift[20] == Approx(0.75));
}

TEST_CASE("without an anchor nothing is known of the drift") {
  CHECK(drift_of({}).empty());
  CHECK_FALSE(drift_of(std::vector<AnchorCost>(3))[2].has_value());
}
