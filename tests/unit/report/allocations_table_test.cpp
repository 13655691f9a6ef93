#include "pulsebench/report/allocations_table.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

TEST_CASE("a row for each benchmark that takes anything from the heap, and no table else") {
  auto document = fixtures::tier_0_run();
  CHECK(allocations_table(document, render::Style{.width = 100}).empty());
  const auto add = [&](const char* id, Allocations allocations) {
    document.benchmarks.push_back(fixtures::result(id, 100));
    document.benchmarks.back().allocations = std::move(allocations);
  };
  add("budget/counted", {.per_op = 0.0});
  CHECK(allocations_table(document, render::Style{.width = 100}).empty());
  add("json/parse/1024", {.per_op = 103.0, .bytes_per_op = 6079.0, .peak_bytes = 6688});
  add("hooks/leaky", {.per_op = 0.125, .bytes_per_op = 8.0, .peak_bytes = 64});
  document.benchmarks.back().max_allocations = 0.0;
  add("contended", {.per_op = std::nullopt, .reason = "not counted for several threads"});
  fixtures::check_golden("allocations_100.txt",
                         allocations_table(document, render::Style{.width = 100}));
}
