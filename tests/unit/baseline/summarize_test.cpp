#include "pulsebench/baseline/summarize.hpp"

#include <doctest/doctest.h>

#include "documents.hpp"

using namespace pulsebench;
using namespace pulsebench::baseline;
using doctest::Approx;

namespace {

Visit visit_of(int launch, std::vector<double> ns) {
  Visit visit{.launch = launch, .operations = 100, .slices = {}, .reference_ns = 2.0};
  for (const double value : ns) visit.slices.push_back({value, value / 2.0, 0});
  return visit;
}

Measured of(std::vector<Visit> visits) {
  return {.info = {.id = *BenchmarkId::parse("a/b")}, .visits = std::move(visits)};
}

}  // namespace

TEST_CASE("a launch keeps its low quantile, median, minimum and CPU quantile") {
  // By hand, type 7: of 1, 2, 4, 8, 16 the quartile is the second and the median the third value.
  const BenchmarkResult result = summarize(of({visit_of(7, {16, 2, 8, 1, 4})}));
  const Launches& launches = result.launches;
  REQUIRE(launches.launch == std::vector<int>{7});
  CHECK(launches.p25[0] == 2.0);
  CHECK(launches.median[0] == 4.0);
  CHECK(launches.minimum[0] == 1.0);
  CHECK(launches.cpu_p25[0] == 1.0);
  CHECK(launches.undisturbed_mean[0] == Approx(6.2));
  CHECK(launches.slices[0] == 5);
  CHECK(launches.disturbed[0] == 0);
  CHECK(launches.reference[0] == 2.0);
}

TEST_CASE("disturbed slices are counted by cause and left out of the undisturbed mean") {
  Visit visit = visit_of(0, {10, 10, 10, 90, 50});
  visit.slices[3].disturbances = static_cast<std::uint32_t>(Disturbance::preempted) |
                                 static_cast<std::uint32_t>(Disturbance::run_delay);
  visit.slices[4].disturbances = static_cast<std::uint32_t>(Disturbance::faulted) |
                                 static_cast<std::uint32_t>(Disturbance::slow_core);
  const BenchmarkResult result = summarize(of({visit}));
  CHECK(result.launches.disturbed[0] == 2);
  CHECK(result.launches.undisturbed_mean[0] == 10.0);
  CHECK(result.disturbed_preempted == 1);
  CHECK(result.disturbed_run_delay == 1);
  CHECK(result.disturbed_faulted == 1);
  CHECK(result.disturbed_slow_core == 1);
}

TEST_CASE("launches are counted by what happened around them, and their slices stay undisturbed") {
  Visit stolen = visit_of(0, {10, 10});
  stolen.disturbances = static_cast<std::uint32_t>(Disturbance::stolen) |
                        static_cast<std::uint32_t>(Disturbance::crowded);
  Visit crowded = visit_of(1, {10, 10});
  crowded.disturbances = static_cast<std::uint32_t>(Disturbance::crowded);
  const BenchmarkResult result = summarize(of({stolen, crowded, visit_of(2, {10, 10})}));
  CHECK(result.launches_stolen == 1);
  CHECK(result.launches_crowded == 2);
  CHECK(result.launches.disturbed == std::vector<int>{0, 0, 0});
}

TEST_CASE("where every slice was disturbed the mean is that of all") {
  Visit visit = visit_of(0, {10, 20});
  for (Slice& slice : visit.slices) slice.disturbances = 1;
  CHECK(summarize(of({visit})).launches.undisturbed_mean[0] == 15.0);
}

TEST_CASE("the value is the median of the launches' low quantiles, not of all slices") {
  // Two launches at 10, one at 1000 with more slices than both: the process is the replicate.
  const BenchmarkResult result = summarize(
      of({visit_of(0, {10, 10}), visit_of(1, {10, 10}), visit_of(2, std::vector(20, 1000.0))}));
  CHECK(result.value == Cost{10});
  CHECK(result.quantiles[50] == 1000.0);
}

TEST_CASE("the pooled quantiles are those of all slices, 0 % to 100 %") {
  const BenchmarkResult result = summarize(of({visit_of(0, {1, 3}), visit_of(1, {2, 5, 4})}));
  REQUIRE(result.quantiles.size() == 101);
  CHECK(result.quantiles.front() == 1.0);
  CHECK(result.quantiles[25] == 2.0);
  CHECK(result.quantiles[50] == 3.0);
  CHECK(result.quantiles.back() == 5.0);
}

TEST_CASE("launches come out in the order of their numbers, each once") {
  const BenchmarkResult result =
      summarize(of({visit_of(3, {30}), visit_of(1, {10}), visit_of(3, {99}), visit_of(2, {20})}));
  CHECK(result.launches.launch == std::vector<int>{1, 2, 3});
  CHECK(result.launches.p25 == std::vector<double>{10, 20, 30});
}

TEST_CASE("the interval of the value has level 0.99 and needs 8 launches") {
  // 20 launches at 10.00, 10.01, ... 10.19 + the quartile inside a launch (49 / 4 steps of 0.001):
  // ranks 4 and 17 (stats/interval_test.cpp), the value between ranks 10 and 11.
  const BenchmarkResult result = summarize(measured("a/b"));
  REQUIRE(result.interval.has_value());
  CHECK(result.interval->level == 0.99);
  CHECK(result.interval->low == Approx(10.03 + 0.01225));
  CHECK(result.interval->high == Approx(10.16 + 0.01225));
  CHECK(result.value->value == Approx(10.095 + 0.01225));
  CHECK(summarize(measured("a/b", 8)).interval.has_value());
  CHECK_FALSE(summarize(measured("a/b", 7)).interval.has_value());
}

TEST_CASE("a spread is given robust, over launches, and raw, over slices") {
  // By hand: p25 of 10, 11, 12, MAD 1, so 148.26 % / 11; all six slices have SD 0.894427, mean 11.
  const BenchmarkResult result =
      summarize(of({visit_of(0, {10, 10}), visit_of(1, {11, 11}), visit_of(2, {12, 12})}));
  CHECK(result.robust_cv->value == Approx(148.26 / 11));
  CHECK(result.raw_cv->value == Approx(89.4427 / 11).epsilon(1e-5));
}

TEST_CASE("what was measured before a crash is kept beside its reason") {
  Measured crashed = of({visit_of(0, {10, 10})});
  crashed.outcome = {Status::crashed, "died of SIGSEGV"};
  const BenchmarkResult result = summarize(crashed);
  CHECK(result.outcome.status == Status::crashed);
  CHECK(result.outcome.reason == "died of SIGSEGV");
  CHECK(result.value == Cost{10});
}

TEST_CASE("nothing measured is a state with a reason and never a zero") {
  const BenchmarkResult result = summarize(of({}));
  CHECK(result.outcome.status == Status::not_measured);
  CHECK_FALSE(result.outcome.reason.empty());
  CHECK_FALSE(result.value.has_value());
  CHECK_FALSE(result.robust_cv.has_value());
  CHECK(result.quantiles.empty());
  CHECK(result.launches.launch.empty());

  Measured skipped = of({visit_of(0, {}), visit_of(1, {0, 0})});
  skipped.outcome = {Status::skipped, "no such device"};
  CHECK(summarize(skipped).outcome.status == Status::skipped);
  CHECK_FALSE(summarize(skipped).value.has_value());
}

TEST_CASE("a count is the median of the launches that counted; noise below zero is zero") {
  Measured raw = measured("a", 4, 8);
  const std::vector<double> values{3.0, 1.0, -5.0};
  for (std::size_t launch = 0; launch < 4; ++launch) {
    const bool counted = launch < 3;
    raw.visits[launch].counters = {
        {.name = "page-faults",
         .per_op = counted ? std::optional{values[launch]} : std::nullopt,
         .enabled_ns = 20,
         .running_ns = 10,
         .reason = counted ? "" : "no descriptor is left"},
        {.name = "context-switches", .per_op = -0.1},
        {.name = "cycles", .per_op = std::nullopt, .reason = "no counters here"}};
  }
  const auto counters = summarize(raw).counters;
  REQUIRE(counters.size() == 3);
  CHECK(counters[0].per_op == 1.0);
  CHECK(counters[0].enabled_ns == 60);
  CHECK(counters[0].running_ns == 30);
  CHECK(counters[0].reason.empty());
  CHECK(counters[1].per_op == 0.0);
  CHECK_FALSE(counters[2].per_op.has_value());
  CHECK(counters[2].reason == "no counters here");
}

TEST_CASE("fairness is the median over the launches, and absent with one thread") {
  // By hand: ratios 1, 1/2, 1/4; Jain's indices 1, 9/10 and 25/34.
  std::vector<Visit> visits;
  for (const std::uint64_t fastest : {1U, 2U, 4U}) {
    visits.push_back(visit_of(static_cast<int>(fastest), {10.0}));
    visits.back().thread_operations = {1, fastest};
  }
  const BenchmarkResult result = summarize(of(visits));
  REQUIRE(result.fairness);
  CHECK(result.fairness->min_max_ratio == Approx(0.5));
  CHECK(result.fairness->jain == Approx(0.9));
  CHECK_FALSE(summarize(of({visit_of(0, {10.0})})).fairness);
}

TEST_CASE("latencies of all launches are pooled before their quantiles are taken") {
  // By hand: 98 operations of 100 ns, one of 500 in another launch, one of 2000.
  std::vector<Visit> visits{visit_of(0, {10.0}), visit_of(1, {10.0})};
  visits[0].latencies = {{100.0, 49}, {2000.0, 1}};
  visits[1].latencies = {{100.0, 49}, {500.0, 1}};
  const auto latency = summarize(of(visits)).latency;
  REQUIRE(latency);
  CHECK(latency->p50 == 100.0);
  CHECK(latency->p90 == 100.0);
  CHECK(latency->p99 == 500.0);
  CHECK(latency->p99_9 == 2000.0);
  CHECK(latency->longest == 2000.0);
  CHECK_FALSE(summarize(of({visit_of(0, {10.0})})).latency);
}

TEST_CASE("a figure that is the empty loop's own says so, and is a figure all the same") {
  std::vector<Visit> visits{visit_of(0, {0.27}), visit_of(1, {0.27}), visit_of(2, {0.31})};
  visits[0].empty_loop_ns = 0.27;
  CHECK(summarize(of(visits)).outcome.reason.empty());  // one launch of three
  visits[1].empty_loop_ns = 0.29;
  const BenchmarkResult result = summarize(of(visits));
  CHECK(result.outcome.status == Status::ok);
  CHECK(result.value == Cost{0.27});
  CHECK(result.outcome.reason.find("empty loop around it, 0.28 ns") != std::string::npos);
}

TEST_CASE("the label is what the last launch said") {
  std::vector<Visit> visits{visit_of(0, {10.0}), visit_of(1, {10.0})};
  CHECK(summarize(of(visits)).label.empty());
  visits[0].label = "cgroup v2";
  CHECK(summarize(of(visits)).label == "cgroup v2");
}

TEST_CASE("what an operation goes through is the median of the launches that say so") {
  std::vector<Visit> visits{visit_of(0, {10.0}), visit_of(1, {10.0}), visit_of(2, {10.0})};
  CHECK_FALSE(summarize(of(visits)).processed.any());
  visits[0].processed.bytes = 1024.0;
  visits[2].processed.bytes = 1026.0;
  const Processed processed = summarize(of(visits)).processed;
  CHECK(processed.bytes == 1025.0);
  CHECK_FALSE(processed.items);
}

TEST_CASE("a rate is that of all launches, and its interval has the exact bounds") {
  const auto rate_of = [](std::vector<double> in_a_million, std::uint64_t trials) {
    std::vector<Visit> visits;
    for (const double rate : in_a_million) {
      visits.push_back(visit_of(static_cast<int>(visits.size()), {rate}));
      visits.back().trials = trials;
    }
    Measured measured = of(std::move(visits));
    measured.info.metric = Metric{.name = "errors", .unit = Unit::count};
    return summarize(measured);
  };
  // None of 3 x 1000 shows at most 0.1 % (the rule of three), none of 2 x 1000 does not.
  CHECK(rate_of({0, 0, 0}, 1000).interval->high == Approx(1000));
  CHECK(rate_of({0, 0}, 1000).interval->high == Approx(1500));
  CHECK(rate_of({0, 0, 0}, 1000).value->value == 0.0);
  // By summing the binomial distribution: of 9 in 4500 the lower bound at 0.95 is 0.1043767 %.
  const BenchmarkResult errs = rate_of({2000, 2000, 2000}, 1500);
  CHECK(errs.value->value == Approx(2000));
  CHECK(errs.interval->low == Approx(1043.767).epsilon(1e-5));
}

// A leak of 2 in 200 every 3 s: 1 % in 3 s, 20 % a minute; the growth is that of the median, 207.
TEST_CASE(
    "the growth of an ageing server is a slope over its age, whatever the order of launches") {
  std::vector<Visit> visits;
  for (const int launch : {3, 1, 0, 2, 5, 4, 6, 7}) {
    visits.push_back(visit_of(launch, {200.0 + 2.0 * launch}));
    visits.back().age = 1.0 + 3.0 * launch;
  }
  const BenchmarkResult result = summarize(of(visits));
  REQUIRE(result.growth.has_value());
  CHECK(result.growth->percent_per_minute == Approx(100.0 * 40.0 / 207.0));
  CHECK(result.growth->interval.low == Approx(100.0 * 40.0 / 207.0));
  CHECK(result.growth->interval.level == 0.95);
  CHECK(result.growth->seconds == Approx(21.0));
}

TEST_CASE("what is of no age, or was seen a few times only, has no growth") {
  std::vector<Visit> visits;
  for (int launch = 0; launch < 8; ++launch) visits.push_back(visit_of(launch, {200.0 + launch}));
  CHECK_FALSE(summarize(of(visits)).growth.has_value());
  for (Visit& visit : visits) visit.age = 1.0 * visit.launch;
  visits.resize(4);
  CHECK_FALSE(summarize(of(visits)).growth.has_value());
}
