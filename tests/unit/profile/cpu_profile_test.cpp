#include "pulsebench/profile/cpu_profile.hpp"

#include <doctest/doctest.h>

#include "profile/samples.hpp"

using namespace pulsebench::profile;

namespace {

/// alpha has 50, leaf 30 below alpha, beta 20 of which all are in an inlined function.
CpuProfile known_shares(int launches) {
  CpuProfile profile{.benchmark = "b", .period_ns = 200'000.0};
  for (int i = 0; i < launches; ++i) {
    add_launch(
        profile, 100.0 + i,
        {{{"alpha", "run"}, 50}, {{"leaf", "alpha", "run"}, 30}, {{"^inl", "beta", "run"}, 20}});
  }
  return profile;
}

}  // namespace

TEST_CASE("own samples and those of callees are told apart") {
  const auto spots = hot_spots(known_shares(1), SpotsBy::function);
  REQUIRE(spots.size() == 4);
  CHECK(spots[0].name == "alpha");
  CHECK(spots[0].self_share == doctest::Approx(0.5));
  CHECK(spots[0].total_share == doctest::Approx(0.8));
  CHECK(spots[0].self.value == doctest::Approx(50.0));
  CHECK(spots[0].total.value == doctest::Approx(80.0));
  CHECK(spots[1].name == "leaf");
  CHECK(spots[2].name == "beta");
  CHECK(spots[2].self_share == doctest::Approx(0.2));
  CHECK(spots[2].hottest.function == "inl");
  CHECK(spots[3].name == "run");
  CHECK(spots[3].self_share == 0.0);
  CHECK(spots[3].total_share == doctest::Approx(1.0));
  CHECK_FALSE(spots[0].uncertainty.has_value());
}

TEST_CASE("inlined functions are functions where that is asked, and lines are lines") {
  const auto inlined = hot_spots(known_shares(1), SpotsBy::inlined);
  REQUIRE(inlined.size() == 5);
  CHECK(inlined[2].name == "inl");
  CHECK(inlined[3].self_share == 0.0);
  const auto lines = hot_spots(known_shares(1), SpotsBy::line);
  CHECK(lines[0].name == "/src/alpha.cpp:7");
}

// Student's quantile for two degrees of freedom, 4.3027, from R: qt(0.975, 2).
TEST_CASE("the uncertainty is Student's over processes") {
  const auto spots = hot_spots(known_shares(3), SpotsBy::function);
  // Own times of alpha are 50.0, 50.5 and 51.0: their standard deviation is 0.5.
  CHECK(spots[0].self.value == doctest::Approx(50.5));
  REQUIRE(spots[0].uncertainty.has_value());
  CHECK(spots[0].uncertainty->value == doctest::Approx(4.3027 * 0.5 / 1.7320508).epsilon(1e-4));
}

TEST_CASE("a recursive function counts once a stack") {
  CpuProfile profile{.benchmark = "b"};
  add_launch(profile, 10.0, {{{"f", "f", "run"}, 10}});
  const auto spots = hot_spots(profile, SpotsBy::function);
  CHECK(spots[0].name == "f");
  CHECK(spots[0].total_samples == 10);
}

TEST_CASE("a function that one process lacks costs nothing there") {
  CpuProfile profile{.benchmark = "b"};
  add_launch(profile, 10.0, {{{"run"}, 10}});
  add_launch(profile, 10.0, {{{"rare", "run"}, 10}});
  const auto spots = hot_spots(profile, SpotsBy::function);
  for (const HotSpot& spot : spots) {
    if (spot.name == "rare") CHECK(spot.self.value == doctest::Approx(5.0));
  }
}

TEST_CASE("without samples there are no spots") {
  CHECK(hot_spots(CpuProfile{}, SpotsBy::function).empty());
  CHECK(CpuProfile{}.samples() == 0);
}
