#include "pulsebench/report/latency_table.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

TEST_CASE("a row for each benchmark that timed its operations one by one, and no table else") {
  auto document = fixtures::tier_0_run();
  CHECK(latency_table(document, render::Style{.width = 100}).empty());
  document.benchmarks.push_back(fixtures::result("thundering_herd/first/16", 410'000));
  document.benchmarks.back().latency = baseline::Latency{
      .p50 = 12'300, .p90 = 45'000, .p99 = 120'000, .p99_9 = 900'000, .longest = 4'200'000};
  fixtures::check_golden("latency_100.txt", latency_table(document, render::Style{.width = 100}));
}
