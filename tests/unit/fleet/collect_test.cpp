#include "pulsebench/fleet/collect.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "fake_fleet.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/fleet/costs.hpp"

using namespace pulsebench;
using namespace pulsebench::fleet;
using compare::Verdict;
using session::FakeSuite;

namespace {

const FakeSuite kBefore{{"a", {.ns = 10}}, {"b", {}}, {"c", {}}, {"gone", {}}};
const FakeSuite kAfter{{"a", {.ns = 15}}, {"b", {}}, {"c", {}}, {"new", {}}};

/// Of `put_together`, by the first two benchmarks that were measured.
Measurements measured_in(const FakeFleet& fleet) {
  Measurements measurements{.unmeasured = *fleet.folder().unmeasured()};
  for (std::size_t i = 0; i < fleet.plan().benchmarks.size(); ++i) {
    measurements.results.emplace_back(fleet.folder().result(i)->comparison);
  }
  return measurements;
}

}  // namespace

TEST_CASE("what many nodes measured is what ab says of the same sides") {
  FakeFleet fleet{kBefore, kAfter};
  REQUIRE(fleet.work_on(0, "n1"));
  REQUIRE(fleet.work_on(1, "n2"));
  const auto whole = fleet.collected();
  REQUIRE(whole);
  const compare::Comparison alone = fleet.alone();
  REQUIRE(whole->benchmarks.size() == alone.benchmarks.size());
  for (std::size_t i = 0; i < alone.benchmarks.size(); ++i) {
    const compare::Judged &there = whole->benchmarks[i], &here = alone.benchmarks[i];
    CHECK(there.info.id == here.info.id);
    CHECK(there.verdict == here.verdict);
    CHECK(there.gates == here.gates);
    CHECK(there.missing == here.missing);
    CHECK(there.family == here.family);
    CHECK(there.change.value == doctest::Approx(here.change.value));
    CHECK(there.p_value.has_value() == here.p_value.has_value());
  }
  CHECK(whole->judged == alone.judged);
  CHECK(whole->base_name == alone.base_name);
  CHECK(whole->seed == alone.seed);
  CHECK(compare::exit_code_of(*whole, false, 0) == compare::exit_code_of(alone, false, 0));
  CHECK(whole->benchmarks[0].host == "n1");
  CHECK(whole->benchmarks[1].host == "n2");
}

TEST_CASE("a benchmark without a result is in the headline and in the exit code") {
  FakeFleet fleet{{{"a", {}}, {"b", {}}}, {{"a", {}}, {"b", {}}}};
  REQUIRE(fleet.work_on(0));
  const auto whole = fleet.collected();
  REQUIRE(whole);
  CHECK(whole->benchmarks[0].verdict == Verdict::unchanged);
  CHECK(whole->benchmarks[1].failed);
  CHECK(whole->benchmarks[1].reasons[0].texts[0] ==
        "its task never ran to an end; submit the run again");
  CHECK(verdict_of(*whole) == compare::RunVerdict::failed);
  CHECK(compare::exit_code_of(*whole, false, 0) == 3);
}

TEST_CASE("results of two kinds of machines are never one") {
  FakeFleet fleet{{{"a", {}}, {"b", {}}}, {{"a", {}}, {"b", {}}}};
  REQUIRE(fleet.work_on(0));
  REQUIRE(fleet.work_on(1));
  Measurements measurements = measured_in(fleet);
  measurements.results[1]->machine_key = "00000000000000ff";
  const auto whole = put_together(fleet.plan(), std::move(measurements));
  REQUIRE_FALSE(whole);
  CHECK(whole.error().code == ErrorCode::not_comparable);
}

TEST_CASE("where every task ran on another kind of machine, nothing is compared") {
  FakeFleet fleet{{{"a", {}}}, {{"a", {}}}};
  Plan plan = fleet.plan();
  plan.machine_key = "00000000000000ff";
  fleet.replace(plan);
  REQUIRE_FALSE(fleet.work_on(0, "n3"));
  const auto whole = fleet.collected();
  REQUIRE_FALSE(whole);
  CHECK(whole.error().code == ErrorCode::not_comparable);
  CHECK(whole.error().message.find("n3") != std::string::npos);
}

TEST_CASE(
    "a result that was judged by another family, or is of another benchmark, counts as none") {
  FakeFleet fleet{{{"a", {}}, {"b", {}}}, {{"a", {}}, {"b", {}}}};
  REQUIRE(fleet.work_on(0));
  REQUIRE(fleet.work_on(1));
  Measurements measurements = measured_in(fleet);
  measurements.results[0]->benchmarks[0].family = 1;
  std::swap(measurements.results[1], measurements.results[0]);
  measurements.results[1]->benchmarks[0].info.id = *BenchmarkId::parse("b");
  const auto whole = put_together(fleet.plan(), std::move(measurements));
  REQUIRE(whole);
  CHECK(whole->benchmarks[0].failed);
  CHECK(whole->benchmarks[0].reasons[0].texts[0] == "its result is of another benchmark");
  CHECK(whole->benchmarks[1].failed);
  CHECK(whole->benchmarks[1].reasons[0].texts[0] ==
        "its result was judged as one of 1 benchmarks, not of 2");
}

TEST_CASE("a torn result is named, and the rest is kept") {
  FakeFleet fleet{{{"a", {}}, {"b", {}}}, {{"a", {}}, {"b", {}}}};
  REQUIRE(fleet.work_on(0));
  REQUIRE(fleet.work_on(1));
  REQUIRE(fleet.folder().files().write("results/000001.json", "{"));
  const auto whole = fleet.collected();
  REQUIRE(whole);
  CHECK(whole->benchmarks[0].verdict == Verdict::unchanged);
  CHECK(whole->benchmarks[1].reasons[0].texts[0].find("000001.json") != std::string::npos);
}

TEST_CASE("a benchmark takes what it took in the last run, and an unknown one the median of all") {
  std::vector<PlannedBenchmark> benchmarks;
  for (const char* id : {"a", "b", "c", "new"}) {
    benchmarks.push_back({.id = *BenchmarkId::parse(id), .old_side = {}, .new_side = {}});
  }
  expect_seconds(benchmarks, {{*BenchmarkId::parse("a"), 1.0},
                              {*BenchmarkId::parse("b"), 9.0},
                              {*BenchmarkId::parse("c"), 3.0}});
  CHECK(benchmarks[1].seconds == 9.0);
  CHECK_FALSE(benchmarks[1].estimated);
  CHECK(benchmarks[3].seconds == 3.0);
  CHECK(benchmarks[3].estimated);
  expect_seconds(benchmarks, {});
  CHECK(benchmarks[1].seconds == kUnknownSeconds);
  CHECK(benchmarks[1].estimated);
}
