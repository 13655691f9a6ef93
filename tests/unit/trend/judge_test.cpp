#include "pulsebench/trend/judge.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "nights.hpp"

using namespace pulsebench;
using namespace pulsebench::trend;
using doctest::Approx;

namespace {

const std::set<Tier> kTier0{Tier::critical};

/// Judged on the day of the newest night.
Trend judged(const History& history, const Decisions& decisions = {}) {
  return judge(history, decisions, history.nights.back().day);
}

Decision decision(int night, const char* id = "a") {
  return {.id = *BenchmarkId::parse(id),
          .night = day_after_new_year(night),
          .reason = "because",
          .by = "A. N.",
          .on = "2026-06-01"};
}

const Series& only_series(const Trend& trend) {
  REQUIRE(trend.series.size() == 1);
  return trend.series[0];
}

const Change& only_change(const Trend& trend) {
  REQUIRE(only_series(trend).changes.size() == 1);
  return only_series(trend).changes[0];
}

}  // namespace

TEST_CASE("a step raises an alert that names its nights, its levels and its night of discovery") {
  const Trend trend = judged(history_of_levels({{10, 30}, {11, 12}}));
  const Change& change = only_change(trend);
  CHECK(change.first == 30);
  CHECK(change.seen >= 33);  // four points of the new level
  CHECK(change.seen <= 35);
  CHECK(change.before.value == Approx(10).epsilon(0.003));
  CHECK(change.after.value == Approx(11).epsilon(0.003));
  CHECK(change.percent().value == Approx(10).epsilon(0.05));
  CHECK(change.p < 1e-6);
  CHECK(change.status == ChangeStatus::open);
  CHECK(alert_id(trend, only_series(trend), change) == "a@2026-01-31");
  CHECK(gates(only_series(trend), change, kTier0));
  CHECK_FALSE(gates(only_series(trend), change, {Tier::fast}));
  CHECK(only_series(trend).levels.size() == 2);
}

TEST_CASE("the alert of a change stays the same as nights are added") {
  const Trend early = judged(history_of_levels({{10, 30}, {11, 6}}));
  const Trend late = judged(history_of_levels({{10, 30}, {11, 200}}));
  CHECK(only_change(early).first == only_change(late).first);
  CHECK(only_change(early).seen == only_change(late).seen);
}

TEST_CASE("a change for the better never gates") {
  const Trend trend = judged(history_of_levels({{10, 30}, {9, 12}}));
  CHECK(only_change(trend).percent().value == Approx(-10).epsilon(0.05));
  CHECK_FALSE(gates(only_series(trend), only_change(trend), kTier0));
}

TEST_CASE("of a rate, a fall is for the worse, and one that comes back is undone") {
  const auto of_a_rate = [](History history) {
    for (Night& night : history.nights) {
      night.costs[0].cost.unit = Unit::per_second;
      night.costs[0].better = Better::higher;
    }
    return judged(history);
  };
  const Trend fallen = of_a_rate(history_of_levels({{10, 30}, {9, 12}}));
  CHECK(only_change(fallen).percent().value == Approx(-10).epsilon(0.05));
  CHECK(only_change(fallen).before.unit == Unit::per_second);
  CHECK(gates(only_series(fallen), only_change(fallen), kTier0));
  const Trend risen = of_a_rate(history_of_levels({{10, 30}, {11, 12}}));
  CHECK_FALSE(gates(only_series(risen), only_change(risen), kTier0));
  const Trend back = of_a_rate(history_of_levels({{10, 30}, {9, 30}, {10, 30}}));
  CHECK(only_series(back).changes.front().status == ChangeStatus::undone);
}

TEST_CASE("a count may be zero, and its change is counted from one") {
  History history = history_of_levels({{10, 30}, {12, 12}});
  for (Night& night : history.nights) {
    Cost& cost = night.costs[0].cost;
    cost = Cost{cost.value < 11 ? 0.0 : 3.0, Unit::count};
  }
  CHECK(only_change(judged(history)).percent().value == Approx(300));
}

TEST_CASE("another unit begins an epoch") {
  History history = history_of_levels({{10, 30}, {11, 30}});
  for (std::size_t i = 30; i < 60; ++i) history.nights[i].costs[0].cost.unit = Unit::bytes;
  const Trend trend = judged(history);
  CHECK(only_series(trend).changes.empty());
  REQUIRE(only_series(trend).epochs.size() == 2);
  CHECK(only_series(trend).epochs[1].because == "unit ns → B, better lower → lower");
}

TEST_CASE("an accepted change stays visible and does not gate") {
  const History history = history_of_levels({{10, 30}, {11, 12}});
  const Trend trend = judged(history, {.accepted = {decision(30)}});
  CHECK(only_change(trend).status == ChangeStatus::accepted);
  CHECK(only_change(trend).accepted->reason == "because");
  CHECK_FALSE(gates(only_series(trend), only_change(trend), kTier0));
  const Trend other = judged(history, {.accepted = {decision(29), decision(30, "b")}});
  CHECK(only_change(other).status == ChangeStatus::open);
}

TEST_CASE("a change that a later one takes back is undone") {
  const Trend trend = judged(history_of_levels({{10, 30}, {11, 30}, {10.1, 30}}));
  const auto& changes = only_series(trend).changes;
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].status == ChangeStatus::undone);
  CHECK(changes[1].status == ChangeStatus::open);
  // Taken back in part only: 10.5 is 5 % above 10.
  const Trend partly = judged(history_of_levels({{10, 30}, {11, 30}, {10.5, 30}}));
  REQUIRE(only_series(partly).changes.size() == 2);
  CHECK(only_series(partly).changes[0].status == ChangeStatus::open);
}

TEST_CASE("another machine, version or timer begins an epoch, and nothing is judged across it") {
  const auto with = [](auto change) {
    History history = history_of_levels({{10, 30}, {11, 30}});
    for (std::size_t i = 30; i < 60; ++i) change(history.nights[i]);
    return judged(history);
  };
  const Trend machine = with([](Night& night) { night.machine_key = "other"; });
  CHECK(only_series(machine).changes.empty());
  REQUIRE(only_series(machine).epochs.size() == 2);
  CHECK(only_series(machine).epochs[1].first == 30);
  CHECK(only_series(machine).epochs[1].because == "machine: key → other");
  const Trend version = with([](Night& night) { night.costs[0].version = 2; });
  CHECK(only_series(version).epochs[1].because == "benchmark version 1 → 2");
  const Trend timer = with([](Night& night) { night.timer = ""; });
  CHECK(only_series(timer).epochs[1].because == "timer: rdtsc → unknown");
}

TEST_CASE("an open change outlives a new machine, and not a new version of the benchmark") {
  History history = history_of_levels({{10, 30}, {11, 60}});
  for (std::size_t i = 60; i < 90; ++i) history.nights[i].machine_key = "other";
  CHECK(only_change(judged(history)).status == ChangeStatus::open);
  for (std::size_t i = 60; i < 90; ++i) history.nights[i].costs[0].version = 2;
  CHECK(only_change(judged(history)).status == ChangeStatus::ended);
}

TEST_CASE("a reset ends the epoch with its night, and settles the changes before it") {
  const History history = history_of_levels({{10, 30}, {11, 30}});
  const Trend at_end = judged(history, {.resets = {decision(59)}});
  CHECK(only_change(at_end).status == ChangeStatus::ended);
  CHECK(only_series(at_end).epochs.size() == 1);
  const Trend between = judged(history, {.resets = {decision(29)}});
  CHECK(only_series(between).changes.empty());
  CHECK(only_series(between).epochs[1].because == "reset: because");
}

TEST_CASE("another kernel or compiler breaks nothing, and is named at a change within one night") {
  History history = history_of_levels({{10, 30}, {11, 12}});
  for (std::size_t i = 0; i < 42; ++i) {
    history.nights[i].facts = {{"compiler", i < 31 ? "12.2" : "13.1"}, {"kernel", "6.1"}};
  }
  CHECK(only_series(judged(history)).epochs.size() == 1);
  CHECK(only_change(judged(history)).with == std::vector<std::string>{"compiler: 12.2 → 13.1"});
  for (std::size_t i = 0; i < 42; ++i) history.nights[i].facts = {{"kernel", i < 20 ? "6.1" : "6"}};
  CHECK(only_change(judged(history)).with.empty());
}

TEST_CASE("a change between two nights of the same binaries says so") {
  History history = history_of_levels({{10, 30}, {11, 12}});
  CHECK_FALSE(only_change(judged(history)).same_binaries);
  for (Night& night : history.nights) night.suites_sha256 = "same";
  CHECK(only_change(judged(history)).same_binaries);
}

TEST_CASE("an epoch of fewer than 14 points is too young for an alert") {
  CHECK(only_series(judged(history_of_levels({{10, 13}}))).too_young);
  CHECK_FALSE(only_series(judged(history_of_levels({{10, 14}}))).too_young);
  CHECK(only_series(judged(history_of_levels({{10, 7}, {20, 6}}))).changes.empty());
}

TEST_CASE("missing and interrupted nights are gaps, counted and never filled") {
  History history = history_of_levels({{10, 40}});
  history.nights.erase(history.nights.begin() + 10, history.nights.begin() + 13);
  history.nights[20].complete = false;
  const Trend trend = judged(history);
  CHECK(trend.missing == 3);
  CHECK(trend.nights[10].missing_before == 3);
  CHECK(only_series(trend).points.size() == 36);
  CHECK_FALSE(trend.newest_incomplete);
}

TEST_CASE("a history of one night a week misses none") {
  History history = history_of_levels({{10, 20}});
  for (int i = 0; i < 20; ++i) {
    history.nights[static_cast<std::size_t>(i)].day = day_after_new_year(7 * i);
  }
  CHECK(judged(history).missing == 0);
  CHECK(judge(history, {}, day_after_new_year(7 * 19 + 21)).days_late == 0);
  CHECK(judge(history, {}, day_after_new_year(7 * 19 + 22)).days_late == 22);
}

TEST_CASE(
    "a newest night that is more than three days old is late, and an interrupted one counts") {
  History history = history_of_levels({{10, 20}});
  CHECK(judge(history, {}, day_after_new_year(19 + 3)).days_late == 0);
  CHECK(judge(history, {}, day_after_new_year(19 + 4)).days_late == 4);
  history.nights.back().complete = false;
  CHECK(judged(history).newest_incomplete);
}

TEST_CASE("a benchmark that the newest night lacks is lost, unless a reset retired it") {
  History history = history_of_levels({{10, 20}});
  const auto id_b = *BenchmarkId::parse("b");
  for (Night& night : history.nights) night.costs.push_back({.id = id_b, .cost = Cost{1}});
  history.nights[19].costs.pop_back();
  const Trend trend = judged(history);
  CHECK_FALSE(trend.series[0].lost);
  CHECK(trend.series[1].lost);
  CHECK_FALSE(judged(history, {.resets = {decision(18, "b")}}).series[1].lost);
  CHECK(judged(history, {.resets = {decision(17, "b")}}).series[1].lost);
  history.nights[19].complete = false;  // an interrupted night loses nothing
  CHECK_FALSE(judged(history).series[1].lost);
}

TEST_CASE("what the anchor does too is the machine, and no alert") {
  History history = history_of_levels({{10, 30}, {11, 20}});
  for (Night& night : history.nights) {
    night.anchor_sha256 = "anchor";
    night.costs[0].anchor_ratio = 1.0;  // the anchor follows every move
  }
  const Trend trend = judged(history);
  CHECK(only_series(trend).changes.empty());
  CHECK(only_series(trend).points[40].cost.value == Approx(11).epsilon(0.003));
  CHECK(only_series(trend).points[40].judged.value == Approx(10).epsilon(0.003));
  CHECK(trend.anchor_within->value == Approx(10).epsilon(0.05));
}

TEST_CASE("what the anchor does not do is the code") {
  History history = history_of_levels({{10, 30}, {11, 20}});
  for (Night& night : history.nights) {
    night.anchor_sha256 = "anchor";
    night.costs[0].anchor_ratio = night.costs[0].cost.value / 10.0;  // it stays at 10 ns
  }
  CHECK(only_change(judged(history)).percent().value == Approx(10).epsilon(0.05));
  CHECK(only_series(judged(history)).points[40].judged.value ==
        only_series(judged(history)).points[40].cost.value);
}
