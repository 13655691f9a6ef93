#include "pulse/metrics.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <thread>
#include <vector>

using pulse::Histogram;
using pulse::LogBuckets;
using pulse::Metrics;
using pulse::Worker;
using pulse::WorkerGroup;

TEST_CASE("buckets cover 0 to the largest number without gaps, and each contains its numbers") {
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < LogBuckets::kCount; ++i) {
    REQUIRE(LogBuckets::lowest(i) == next);
    REQUIRE(LogBuckets::index_of(LogBuckets::lowest(i)) == i);
    REQUIRE(LogBuckets::index_of(LogBuckets::highest(i)) == i);
    next = LogBuckets::highest(i) + 1;
  }
  CHECK(next == 0);  // wrapped: the last bucket ends with 2^64 - 1
}

TEST_CASE("the middle of a bucket is within 1 % of every value in it") {
  for (std::size_t i = 1; i < LogBuckets::kCount; ++i) {
    const auto middle = static_cast<double>(LogBuckets::middle(i));
    const auto low = static_cast<double>(LogBuckets::lowest(i));
    const auto high = static_cast<double>(LogBuckets::highest(i));
    REQUIRE(std::abs(middle - low) <= 0.01 * low);
    REQUIRE(std::abs(high - middle) <= 0.01 * high);
  }
}

TEST_CASE("quantiles are within 1 % of those of the sorted values") {
  std::mt19937_64 random(7);
  std::lognormal_distribution<double> skewed(10.0, 2.0);
  Histogram histogram;
  std::vector<std::uint64_t> values;
  for (int i = 0; i < 20'000; ++i) {
    values.push_back(static_cast<std::uint64_t>(skewed(random)));
    histogram.record(values.back());
  }
  std::sort(values.begin(), values.end());
  for (const double q : {0.01, 0.5, 0.9, 0.99, 0.999}) {
    const auto rank = static_cast<std::size_t>(std::ceil(q * 20'000)) - 1;
    const auto exact = static_cast<double>(values[rank]);
    CHECK(std::abs(static_cast<double>(histogram.quantile(q)) - exact) <= 0.01 * exact);
  }
}

TEST_CASE("an empty histogram has quantile 0, and quantiles out of range are those at the ends") {
  Histogram histogram;
  CHECK(histogram.quantile(0.5) == 0);
  histogram.record(5);
  histogram.record(7);
  CHECK(histogram.quantile(-1.0) == 5);
  CHECK(histogram.quantile(2.0) == 7);
}

TEST_CASE("merged histograms equal one with all values") {
  Histogram one;
  Histogram other;
  Histogram both;
  for (std::uint64_t v = 1; v < 1'000'000; v = v * 3 + 1) {
    (v % 2 == 0 ? one : other).record(v);
    both.record(v);
  }
  one.merge(other);
  CHECK(one.count() == both.count());
  CHECK(one.sum() == both.sum());
  for (const double q : {0.1, 0.5, 0.9}) CHECK(one.quantile(q) == both.quantile(q));
}

TEST_CASE("a snapshot sums over the workers") {
  WorkerGroup group(2);
  Metrics metrics(group, {{"polls_total", ""}, {"yields_total", ""}}, {{"poll_ns", ""}});
  const Worker first(group);
  const Worker second(group);
  metrics.increment_counter(first, 0);
  metrics.increment_counter(second, 0, 41);
  metrics.record_histogram(first, 0, 100);
  metrics.record_histogram(second, 0, 50);
  const auto snapshot = metrics.snapshot();
  CHECK(snapshot.counters[0].value == 42);
  CHECK(snapshot.counters[1].value == 0);
  CHECK(snapshot.histograms[0].values.count() == 2);
  CHECK(snapshot.histograms[0].values.sum() == 150);
}

// Description of the format: https://prometheus.io/docs/instrumenting/exposition_formats/
TEST_CASE("the Prometheus text has help, type, cumulative buckets, sum and count") {
  WorkerGroup group(1);
  Metrics metrics(group, {{"polls_total", "polls \\ of\nall"}}, {{"poll_ns", "time"}});
  const Worker worker(group);
  metrics.increment_counter(worker, 0, 3);
  for (const std::uint64_t value : {127U, 128U, 255U, 300U})
    metrics.record_histogram(worker, 0, value);
  CHECK(metrics.snapshot().to_prometheus() ==
        "# HELP polls_total polls \\\\ of\\nall\n"
        "# TYPE polls_total counter\n"
        "polls_total 3\n"
        "# HELP poll_ns time\n"
        "# TYPE poll_ns histogram\n"
        "poll_ns_bucket{le=\"127\"} 1\n"
        "poll_ns_bucket{le=\"255\"} 3\n"
        "poll_ns_bucket{le=\"511\"} 4\n"
        "poll_ns_bucket{le=\"+Inf\"} 4\n"
        "poll_ns_sum 810\n"
        "poll_ns_count 4\n");
}

TEST_CASE("the text of a histogram with the largest number is complete") {
  WorkerGroup group(1);
  Metrics metrics(group, {}, {{"huge", ""}});
  const Worker worker(group);
  metrics.record_histogram(worker, 0, std::numeric_limits<std::uint64_t>::max());
  const std::string text = metrics.snapshot().to_prometheus();
  CHECK(text.find("huge_bucket{le=\"18446744073709551615\"} 1\n") != std::string::npos);
}

TEST_CASE("snapshots lose no record, and counts never decrease") {
  constexpr int kWorkers = 4;
  constexpr std::uint64_t kEach = 50'000;
  WorkerGroup group(kWorkers);
  Metrics metrics(group, {{"n", ""}}, {{"v", ""}});
  std::atomic<int> active{kWorkers};
  std::vector<std::thread> workers;
  for (int w = 0; w < kWorkers; ++w) {
    workers.emplace_back([&] {
      const Worker worker(group);
      for (std::uint64_t i = 0; i < kEach; ++i) {
        metrics.increment_counter(worker, 0);
        metrics.record_histogram(worker, 0, i);
      }
      --active;
    });
  }
  std::uint64_t latest = 0;
  while (active.load() != 0) {
    const std::uint64_t now = metrics.snapshot().counters[0].value;
    REQUIRE(now >= latest);
    latest = now;
  }
  for (auto& worker : workers) worker.join();
  const auto snapshot = metrics.snapshot();
  CHECK(snapshot.counters[0].value == kWorkers * kEach);
  CHECK(snapshot.histograms[0].values.count() == kWorkers * kEach);
  CHECK(snapshot.histograms[0].values.sum() == kWorkers * kEach * (kEach - 1) / 2);
}
