#include "values.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::app;

TEST_CASE("tiers are numbers from 0 to 3 between commas") {
  CHECK(*parse_tiers("0") == std::set<Tier>{Tier::critical});
  CHECK(*parse_tiers("0,3") == std::set<Tier>{Tier::critical, Tier::system});
  for (const char* text : {"", "4", "-1", "0,", "0 1", "00"}) CHECK_FALSE(parse_tiers(text));
}

TEST_CASE("a threshold is for its tier, a bare one for all; none is zero or without end") {
  const auto two = parse_thresholds("0=5,1=10.5");
  REQUIRE(two);
  CHECK((*two)[1] == std::pair{Tier::fast, Percent{10.5}});
  CHECK(parse_thresholds("7.5")->size() == 4);
  for (const char* text : {"0=0", "0=-5", "4=5", "0=inf", "0=nan", "x=5", "0=5%", ""}) {
    CHECK_FALSE(parse_thresholds(text));
  }
}

TEST_CASE("an injection names a benchmark, also one with an equals sign in its name") {
  CHECK(*parse_injection("budget/consume=15") == std::pair{std::string{"budget/consume"}, 15.0});
  CHECK(*parse_injection("sort<n=8>=7.5") == std::pair{std::string{"sort<n=8>"}, 7.5});
  for (const char* text : {"budget/consume", "=15", "a=", "a=-1", "a=1e9"}) {
    CHECK_FALSE(parse_injection(text));
  }
}

TEST_CASE("a percentage is more than none, and the option is named where it is not") {
  CHECK(*parse_percent("--inject", "7.5") == Percent{7.5});
  for (const char* text : {"", "0", "-1", "nan", "7%", "a=7", "1e9"}) {
    const auto refused = parse_percent("--inject", text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("--inject") == 0);
  }
}

TEST_CASE("a duration has a unit") {
  CHECK(*parse_duration("60s") == 60.0);
  CHECK(*parse_duration("1.5m") == 90.0);
  CHECK(*parse_duration("500ms") == 0.5);
  for (const char* text : {"60", "s", "0s", "-1s", "1 s", "1d"}) CHECK_FALSE(parse_duration(text));
}

TEST_CASE("a format is one that the command writes, and the others are named") {
  CHECK(*parse_format("json", {Format::text, Format::json}) == Format::json);
  const std::set<Format> every{Format::text, Format::json, Format::markdown};
  CHECK(*parse_format("text", every) == Format::text);
  CHECK(*parse_format("markdown", every) == Format::markdown);
  const auto refused = parse_format("markdown", {Format::text, Format::json});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "--format 'markdown': this command writes text, json");
}
