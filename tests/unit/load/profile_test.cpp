#include "pulsebench/load/profile.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::load;
using namespace std::chrono_literals;

TEST_CASE("the stress profile climbs from 50 to 150 % in steps of 10 %, of half a second") {
  const auto stress = profile_named("stress");
  REQUIRE(stress.has_value());
  REQUIRE(stress->steps.size() == 11);
  for (std::size_t i = 0; i < stress->steps.size(); ++i) {
    CHECK(stress->steps[i].percent_of_capacity == 50.0 + 10.0 * static_cast<double>(i));
    CHECK(stress->steps[i].length == 500ms);
  }
}

TEST_CASE("the spike profile overloads the server for a while, and then looks on") {
  const auto spike = profile_named("spike");
  REQUIRE(spike.has_value());
  REQUIRE(spike->steps.size() == 3);
  CHECK(spike->steps[0].percent_of_capacity == 20.0);
  CHECK(spike->steps[1].percent_of_capacity == 200.0);
  CHECK(spike->steps[2].percent_of_capacity == 20.0);
}

TEST_CASE("closed profiles differ in their connections alone") {
  CHECK(profile_named("light")->connections == 10);
  CHECK(profile_named("medium")->connections == 50);
  CHECK(profile_named("heavy")->connections == 100);
  CHECK(profile_named("load")->loop == Loop::open);
  CHECK(profile_named("smoke")->purpose == Purpose::answers);
  CHECK_FALSE(profile_named("tsunami").has_value());
}

TEST_CASE("only an open loop has a rate") {
  for (const Profile& profile : profiles()) {
    CAPTURE(profile.name);
    CHECK_FALSE(profile.steps.empty());
    for (const Step& step : profile.steps) {
      CHECK((step.percent_of_capacity > 0.0) == (profile.loop == Loop::open));
      CHECK(step.length > 0ms);
    }
  }
}
