#include "pulsebench/render/quantity.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::render;

TEST_CASE("a cost has three significant digits and the unit that fits") {
  const Style style;
  CHECK(cost(NsPerOp{0.2731}, style) == "0.273 ns");
  CHECK(cost(NsPerOp{2.06}, style) == "2.06 ns");
  CHECK(cost(NsPerOp{18.23}, style) == "18.2 ns");
  CHECK(cost(NsPerOp{515.2}, style) == "515 ns");
  CHECK(cost(NsPerOp{4300}, style) == "4.30 µs");
  CHECK(cost(NsPerOp{12'345'678}, style) == "12.3 ms");
  CHECK(cost(NsPerOp{2.5e9}, style) == "2.50 s");
  CHECK(cost(NsPerOp{0.0273}, style) == "27.3 ps");
  CHECK(cost(NsPerOp{0}, style) == "0 ns");
}

TEST_CASE("rounding up moves to the next unit and never shows four digits") {
  const Style style;
  CHECK(cost(NsPerOp{999.4}, style) == "999 ns");
  CHECK(cost(NsPerOp{999.6}, style) == "1.00 µs");
  CHECK(cost(NsPerOp{9.996}, style) == "10.0 ns");
  CHECK(cost(NsPerOp{99.96}, style) == "100 ns");
  CHECK(cost(NsPerOp{0.9996}, style) == "1.00 ns");
}

TEST_CASE("without Unicode a microsecond is us") {
  CHECK(cost(NsPerOp{4300}, Style{.unicode = false}) == "4.30 us");
}

TEST_CASE("a bound has no digits that nobody wrote") {
  const Style style;
  CHECK(bound(NsPerOp{20}, style) == "20 ns");
  CHECK(bound(NsPerOp{1500}, style) == "1.5 µs");
  CHECK(bound(NsPerOp{10'000}, style) == "10 µs");
  CHECK(bound(NsPerOp{0.5}, style) == "0.5 ns");
}

TEST_CASE("a range has the unit and the digits of its value") {
  const Style style;
  CHECK(range(NsPerOp{0.2722}, NsPerOp{0.2749}, NsPerOp{0.2731}, style) == "0.272–0.275");
  CHECK(range(NsPerOp{990}, NsPerOp{1020}, NsPerOp{1004}, style) == "0.99–1.02");
}

TEST_CASE("a change has its sign, and next to nothing has none") {
  CHECK(change(Percent{15.24}) == "+15.2 %");
  CHECK(change(Percent{-0.31}) == "-0.3 %");
  CHECK(change(Percent{0.04}) == "0.0 %");
  CHECK(change(Percent{-0.04}) == "0.0 %");
  CHECK(change(Percent{154.2}) == "+154 %");
}

TEST_CASE("a small spread is not called none") {
  CHECK(bare_percent(Percent{0.0}) == "0.0");
  CHECK(bare_percent(Percent{0.04}) == "<0.1");
  CHECK(bare_percent(Percent{0.42}) == "0.4");
  CHECK(bare_percent(Percent{9.96}) == "10");
  CHECK(bare_percent(Percent{41.3}) == "41");
  CHECK(chosen_percent(Percent{5}) == "5");
  CHECK(chosen_percent(Percent{0.5}) == "0.5");
}

TEST_CASE("time is told in the words of its size") {
  CHECK(duration(0.42) == "0.4 s");
  CHECK(duration(12.4) == "12 s");
  CHECK(duration(59.6) == "1 min 00 s");
  CHECK(duration(185) == "3 min 05 s");
  CHECK(duration(3720) == "1 h 02 min");
}

TEST_CASE("counts agree in number and thousands are grouped") {
  CHECK(count(1, "benchmark", "benchmarks") == "1 benchmark");
  CHECK(count(0, "benchmark", "benchmarks") == "0 benchmarks");
  CHECK(count(17000, "slice", "slices") == "17,000 slices");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(grouped(999) == "999");
}
