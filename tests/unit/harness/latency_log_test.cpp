#include "pulsebench/harness/latency_log.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace pulsebench;
using namespace pulsebench::harness;
using std::chrono::nanoseconds;

TEST_CASE("a latency is kept to within 1 %, and the maximum exactly") {
  for (const double ns : {90.0, 1'000.0, 123'456.0, 7e9}) {
    LatencyLog log;
    log.add(std::chrono::duration<double, std::nano>(ns));
    log.add(std::chrono::duration<double, std::nano>(10.0 * ns));
    const auto latencies = log.latencies();
    REQUIRE(latencies.size() == 2);
    CHECK(std::abs(latencies[0].ns / ns - 1.0) < 0.01 + 1.0 / ns);  // plus one tick
    CHECK(latencies[1].ns == doctest::Approx(10.0 * ns).epsilon(0.001));
  }
}

TEST_CASE("cleared latencies, of the warm-up, are not reported") {
  LatencyLog log;
  log.add(nanoseconds{1'000'000});
  log.clear();
  for (int i = 0; i < 5; ++i) log.add(nanoseconds{100});
  const auto latencies = log.latencies();
  REQUIRE(latencies.size() == 1);
  CHECK(latencies[0].count == 5);
}

TEST_CASE("the time between begin and end is recorded") {
  LatencyLog log;
  const auto began = log.begin();
  log.end(began);
  REQUIRE(log.latencies().size() == 1);
  CHECK(log.latencies()[0].ns > 0.0);
}
