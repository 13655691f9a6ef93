#include "pulsebench/report/complexity_table.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

TEST_CASE("a row for each family of sizes, and no table else") {
  auto document = fixtures::tier_0_run();
  CHECK(complexity_table(document, render::Style{.width = 100}).empty());
  const auto add = [&](const char* id, double ns) {
    document.benchmarks.push_back(fixtures::result(id, ns));
  };
  add("registry/lookup/10", 8.0), add("registry/lookup/100", 8.1), add("registry/lookup/1000", 8.2);
  add("list/find/10", 60), add("list/find/100", 240), add("list/find/1000", 2040);  // 40 + 2 n
  add("odd/10", 10), add("odd/100", 13), add("odd/1000", 10);
  fixtures::check_golden("complexity_100.txt",
                         complexity_table(document, render::Style{.width = 100}));
}
