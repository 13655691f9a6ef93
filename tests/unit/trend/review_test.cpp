#include "pulsebench/trend/review.hpp"

#include <doctest/doctest.h>

#include "nights.hpp"
#include "pulsebench/trend/judge.hpp"

using namespace pulsebench;
using namespace pulsebench::trend;
using doctest::Approx;

namespace {

Review reviewed(const History& history, int since,
                const std::map<std::string, Cost>& targets = {}) {
  return review(judge(history, {}, history.nights.back().day), targets, day_after_new_year(since));
}

}  // namespace

TEST_CASE("a change that raised an alert is no drift, in its time or later") {
  const History history = history_of_levels({{10, 30}, {11, 12}});  // nights 0 to 41
  const Review weeks = reviewed(history, 28);
  CHECK(weeks.nights == 14);
  CHECK(weeks.drifts.empty());
  CHECK(weeks.still.empty());
  CHECK(reviewed(history, 36).drifts.empty());  // the six nights before are of the new level, too
}

TEST_CASE("a drift below what raises an alert is named") {
  const Review week = reviewed(history_of_levels({{10, 30}, {10.2, 7}}), 30);
  REQUIRE(week.drifts.size() == 1);
  CHECK(week.drifts[0].percent().value > 1.5);  // 2 %, and a zigzag of 0.2 %
  CHECK(week.drifts[0].percent().value < 2.5);
  CHECK(reviewed(history_of_levels({{10, 37}}), 30).drifts.empty());
  CHECK(reviewed(history_of_levels({{10, 30}, {10.2, 2}}), 30).drifts.empty());  // two nights
}

TEST_CASE("operations are listed by how near they are to their targets") {
  History history = history_of_levels({{10, 20}});
  for (Night& night : history.nights) {
    night.costs.push_back({.id = *BenchmarkId::parse("b"), .cost = Cost{90}});
    night.costs.push_back({.id = *BenchmarkId::parse("c"), .cost = Cost{1}});
  }
  const Review week = reviewed(history, 13, {{"a", Cost{20}}, {"b", Cost{60}}});
  REQUIRE(week.targets.size() == 2);
  CHECK(week.targets[0].id.text() == "b");
  CHECK(week.targets[0].share().value == Approx(150));
  CHECK(week.targets[1].share().value == Approx(50).epsilon(0.01));
  CHECK(week.still.size() == 3);
}

TEST_CASE("noise counts as grown where it grew by half, and beyond 1 %") {
  const auto noisier = [](double before, double now) {
    History history = history_of_levels({{10, 27}});
    for (std::size_t i = 0; i < 27; ++i) {
      history.nights[i].costs[0].robust_cv = Percent{i < 20 ? before : now};
    }
    return reviewed(history, 20).noisier;
  };
  REQUIRE(noisier(1, 2).size() == 1);
  CHECK(noisier(1, 2)[0].before == Percent{1});
  CHECK(noisier(1, 2)[0].after == Percent{2});
  CHECK(noisier(1, 1.4).empty());
  CHECK(noisier(0.2, 0.9).empty());
}

TEST_CASE("a young benchmark is not said never to move, and missing nights are counted") {
  History history = history_of_levels({{10, 13}});
  CHECK(reviewed(history, 0).still.empty());
  history.nights.erase(history.nights.begin() + 10);
  CHECK(reviewed(history, 6).missing == 1);
  CHECK(reviewed(history, 12).missing == 0);
}
