#include "pulsebench/plan/plan.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

using namespace pulsebench::plan;

TEST_CASE("every launch of every benchmark is started once on every side") {
  const std::vector<int> launches{20, 16, 20};
  const auto plan = make_plan(launches, 2, 7);
  CHECK(plan.size() == 2 * (20 + 16 + 20));
  CHECK(std::set<Step>(plan.begin(), plan.end()).size() == plan.size());
}

TEST_CASE("rounds follow each other: no launch starts before the previous round ends") {
  const std::vector<int> launches{5, 5, 5, 5};
  const auto plan = make_plan(launches, 1, 3);
  CHECK(std::is_sorted(plan.begin(), plan.end(),
                       [](const Step& a, const Step& b) { return a.launch < b.launch; }));
}

TEST_CASE("the sides of a block follow each other, and each is first about half of the time") {
  const std::vector<int> launches(10, 100);
  const auto plan = make_plan(launches, 2, 11);
  int first = 0;
  for (std::size_t i = 0; i < plan.size(); i += 2) {
    REQUIRE(plan[i].subject == plan[i + 1].subject);
    REQUIRE(plan[i].launch == plan[i + 1].launch);
    first += plan[i].side == 0 ? 1 : 0;
  }
  // Binomial(1000, 1/2): 420 to 580 is five standard deviations (15.8 each).
  CHECK(first > 420);
  CHECK(first < 580);
}

TEST_CASE("the same seed gives the same plan, another seed another order") {
  const std::vector<int> launches(20, 3);
  CHECK(make_plan(launches, 1, 5) == make_plan(launches, 1, 5));
  CHECK(make_plan(launches, 1, 5) != make_plan(launches, 1, 6));
}

TEST_CASE("nothing to measure is an empty plan") { CHECK(make_plan({}, 1, 1).empty()); }

TEST_CASE("a budget that is large enough changes nothing") {
  const std::vector<int> launches{20, 16};
  const std::vector<double> seconds{0.5, 0.25};
  CHECK(fit_to_budget(launches, seconds, 14.0) == launches);  // 20 * 0.5 + 16 * 0.25 = 14
}

TEST_CASE("a small budget scales all benchmarks equally, to at least four launches") {
  const std::vector<int> launches{20, 16, 2};
  const std::vector<double> seconds{0.5, 0.25, 0.0};
  CHECK(fit_to_budget(launches, seconds, 7.0) == std::vector<int>{10, 8, 2});
  CHECK(fit_to_budget(launches, seconds, 0.1) == std::vector<int>{4, 4, 2});
}
