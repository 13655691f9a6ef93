#include "duration_text.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using pulsebench::console::text_of;

TEST_CASE("a duration has the unit that fits, and at most seven columns") {
  CHECK(text_of(0ns) == "0");
  CHECK(text_of(-5ns) == "0");
  CHECK(text_of(850ns) == "850 ns");
  CHECK(text_of(1us) == "1.0 us");
  CHECK(text_of(5840ns) == "5.8 us");
  CHECK(text_of(58us) == "58 us");
  CHECK(text_of(200ms) == "200 ms");
  CHECK(text_of(12'340ms) == "12.3 s");
  CHECK(text_of(599s) == "599 s");
  CHECK(text_of(12min) == "12 min");
  CHECK(text_of(100min) == "1.7 h");
  CHECK(text_of(30h) == "30 h");
}

TEST_CASE("what rounds to the next unit has that unit") {
  CHECK(text_of(999ns) == "999 ns");
  CHECK(text_of(999'700ns) == "1.0 ms");
  CHECK(text_of(9'960ns) == "10 us");
  CHECK(text_of(999'999'999ns) == "1.0 s");
}

TEST_CASE("no duration is wider than seven columns") {
  for (std::int64_t ns = 1; ns > 0 && ns < 3'600'000'000'000'000; ns = ns * 9 / 8 + 1) {
    CHECK(text_of(std::chrono::nanoseconds{ns}).size() <= 7);
  }
}
