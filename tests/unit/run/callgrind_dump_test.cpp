#include "pulsebench/run/exact_count.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::run;

// As written by callgrind 3.19: a column per event, without trailing zeros.
TEST_CASE("totals of a dump are read by event name") {
  const auto totals = read_callgrind_dump(
      "# callgrind format\nversion: 1\ndesc: Trigger: Client Request: once\n"
      "events: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw\nsummary: 514 2 8 2 3 4 2\n\n"
      "fl=(142)\ntotals: 506 2 2\n");
  REQUIRE(totals.has_value());
  CHECK(totals->instructions == 514);
  CHECK(totals->d1_misses == 7);
  CHECK(totals->ll_misses == 0);
}

TEST_CASE("a truncated or empty dump, or one of another tool, has no totals") {
  CHECK_FALSE(read_callgrind_dump("").has_value());
  CHECK_FALSE(read_callgrind_dump("events: Ir Dr\n").has_value());
  CHECK_FALSE(read_callgrind_dump("events: Dr\nsummary: 5\n").has_value());
  CHECK_FALSE(read_callgrind_dump("events: Ir\nsummary: x\n").has_value());
}
