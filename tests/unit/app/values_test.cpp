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

TEST_CASE("a percentage is above 0") {
  CHECK(*parse_percent("7.5") == Percent{7.5});
  for (const char* text : {"", "0", "-1", "nan", "7%", "a=7", "1e9"}) {
    CHECK_FALSE(parse_percent(text));
  }
}

TEST_CASE("a probability is above 0 and below 1") {
  CHECK(*parse_probability("0.01") == 0.01);
  for (const char* text : {"", "0", "1", "-0.1", "nan", "5%"}) CHECK_FALSE(parse_probability(text));
}

TEST_CASE("a duration has a unit") {
  CHECK(*parse_duration("60s") == 60.0);
  CHECK(*parse_duration("1.5m") == 90.0);
  CHECK(*parse_duration("500ms") == 0.5);
  for (const char* text : {"60", "s", "0s", "-1s", "1 s", "1d"}) CHECK_FALSE(parse_duration(text));
}

TEST_CASE("names stand between commas, and none is none") {
  CHECK(*parse_names("a,b") == std::vector<std::string>{"a", "b"});
  CHECK(parse_names("none")->empty());
}

TEST_CASE("a seed has 64 bits, and a whole number its bounds") {
  CHECK(*parse_seed("18446744073709551615") == 18446744073709551615U);
  for (const char* text : {"", "-1", "1.5", "18446744073709551616", "1 "}) {
    CHECK_FALSE(parse_seed(text));
  }
  const auto one_to_ten = whole_number(1, 10);
  CHECK(*one_to_ten("1") == 1);
  CHECK(*one_to_ten("10") == 10);
  for (const char* text : {"0", "11", "", "2.5"}) CHECK_FALSE(one_to_ten(text));
}

TEST_CASE("one of some words has its value, and another names them all") {
  const auto answer = one_of<int>({{"yes", 1}, {"no", 0}, {"maybe", 2}});
  CHECK(*answer("no") == 0);
  REQUIRE_FALSE(answer("perhaps"));
  CHECK(answer("perhaps").error().message == "not 'perhaps'; give yes, no or maybe");
}
