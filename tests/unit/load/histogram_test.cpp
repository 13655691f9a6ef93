#include "pulsebench/load/histogram.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "pulsebench/stats/quantile.hpp"

using namespace pulsebench;
using load::Histogram;
using std::chrono::nanoseconds;

namespace {

bool near(double measured, double truth) { return std::abs(measured - truth) <= truth / 2000.0; }

}  // namespace

TEST_CASE("small numbers are exact, and large ones have three significant digits") {
  for (const long long ns : {0LL, 1LL, 1023LL, 1024LL, 2047LL}) {
    Histogram histogram;
    histogram.record(nanoseconds{ns});
    histogram.record(nanoseconds{5000});  // so that the value is not the longest
    CHECK(histogram.quantile_ns(0.5) == static_cast<double>(ns));
  }
  for (long long ns = 2048; ns < (1LL << 40); ns = ns * 17 / 16 + 1) {
    Histogram histogram;
    histogram.record(nanoseconds{ns});
    histogram.record(nanoseconds{(1LL << 40) - 1});
    CHECK(near(histogram.quantile_ns(0.5), static_cast<double>(ns)));
  }
}

TEST_CASE("a quantile is the smallest latency that is not below its share") {
  Histogram histogram;
  for (int us = 1; us <= 10'000; ++us) histogram.record(std::chrono::microseconds{us});
  // Of 1, 2, ... n the quantile p by definition 1 of Hyndman and Fan is ceil(p n).
  CHECK(near(histogram.quantile_ns(0.5), 5'000e3));
  CHECK(near(histogram.quantile_ns(0.99), 9'900e3));
  CHECK(near(histogram.quantile_ns(0.999), 9'990e3));
  CHECK(near(histogram.quantile_ns(0.0), 1e3));
  CHECK(histogram.quantile_ns(1.0) == 10'000e3);
  CHECK(near(histogram.mean_ns(), 5'000.5e3));
}

TEST_CASE("merged histograms are the histogram of all latencies") {
  Histogram fast;
  Histogram slow;
  Histogram both;
  for (int i = 1; i <= 1000; ++i) {
    fast.record(nanoseconds{i * 37});
    both.record(nanoseconds{i * 37});
    slow.record(std::chrono::microseconds{i * 11});
    both.record(std::chrono::microseconds{i * 11});
  }
  fast.merge(slow);
  CHECK(fast.count() == 2000);
  CHECK(fast.longest_ns() == 11'000e3);
  for (const double p : {0.1, 0.5, 0.9, 0.99, 1.0}) {
    CHECK(fast.quantile_ns(p) == both.quantile_ns(p));
  }
}

TEST_CASE("the buckets of a histogram have its quantiles") {
  Histogram histogram;
  for (int i = 1; i <= 500; ++i) histogram.record(nanoseconds{i * i * 40});
  std::vector<stats::Counted> counted;
  for (const auto& bucket : histogram.latencies()) counted.push_back({bucket.ns, bucket.count});
  for (const double p : {0.5, 0.9, 0.99, 1.0}) {
    CHECK(stats::quantile_of(counted, p) == histogram.quantile_ns(p));
  }
}

TEST_CASE("a latency beyond all buckets is kept as the longest") {
  Histogram histogram;
  histogram.record(std::chrono::hours{2});
  CHECK(histogram.longest_ns() == 7200e9);
  CHECK(histogram.quantile_ns(0.99) == 7200e9);
}

TEST_CASE("an empty histogram has no figures") {
  Histogram histogram;
  histogram.record(nanoseconds{5});
  histogram.clear();
  CHECK(histogram.count() == 0);
  CHECK(histogram.quantile_ns(0.5) == 0.0);
  CHECK(histogram.mean_ns() == 0.0);
  CHECK(histogram.latencies().empty());
}
