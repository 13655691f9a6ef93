#include "pulsebench/report/throughput_table.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

TEST_CASE("a row for each benchmark that says what it goes through, and no table else") {
  auto document = fixtures::tier_0_run();
  CHECK(throughput_table(document, render::Style{.width = 100}).empty());
  // By hand: 1024 bytes in 8000 ns are 128,000,000 a second, 122.07 MiB.
  document.benchmarks.push_back(fixtures::result("json/parse/1024", 8'000));
  document.benchmarks.back().processed = {.bytes = 1024.0, .items = 20.0};
  // Two threads, 20 ns each and half an item: 50,000,000 a second.
  document.benchmarks.push_back(fixtures::result("queue/threads:2", 20));
  document.benchmarks.back().info.threads = 2;
  document.benchmarks.back().oversubscribed = true;
  document.benchmarks.back().interval.reset();
  document.benchmarks.back().processed.items = 0.5;
  document.benchmarks.push_back(fixtures::failure("json/crash", Status::crashed, "SIGSEGV"));
  document.benchmarks.back().processed.bytes = 1.0;
  fixtures::check_golden("throughput_100.txt",
                         throughput_table(document, render::Style{.width = 100}));
}
