#include "pulsebench/render/quantity.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::render;

TEST_CASE("figures of other units have the unit that fits") {
  CHECK(format_cost(Cost{1'750'000, Unit::bytes}) == "1.67 MiB");  // 1750000 / 2^20 = 1.669
  CHECK(format_cost(Cost{512, Unit::bytes}) == "512 B");
  CHECK(format_cost(Cost{12, Unit::count}) == "12");
  CHECK(format_cost(Cost{0, Unit::count}) == "0");
  CHECK(format_cost(Cost{31'000, Unit::per_second}) == "31.0 k/s");
  CHECK(format_cost(Cost{0.125, Unit::ratio}) == "0.125");
  CHECK(format_bound(Cost{4096, Unit::bytes}) == "4 KiB");
  const auto mib = [](double bytes) { return Cost{bytes, Unit::bytes}; };
  CHECK(format_range(mib(1'700'000), mib(1'800'000), mib(1'750'000)) == "1.62–1.72");
}

TEST_CASE("a cost has three significant digits and the unit that fits") {
  CHECK(format_cost(Cost{0.2731}) == "0.273 ns");
  CHECK(format_cost(Cost{2.06}) == "2.06 ns");
  CHECK(format_cost(Cost{18.23}) == "18.2 ns");
  CHECK(format_cost(Cost{515.2}) == "515 ns");
  CHECK(format_cost(Cost{4300}) == "4.30 µs");
  CHECK(format_cost(Cost{12'345'678}) == "12.3 ms");
  CHECK(format_cost(Cost{2.5e9}) == "2.50 s");
  CHECK(format_cost(Cost{0.0273}) == "27.3 ps");
  CHECK(format_cost(Cost{0}) == "0 ns");
}

TEST_CASE("rounding up moves to the next unit and never shows four digits") {
  CHECK(format_cost(Cost{999.4}) == "999 ns");
  CHECK(format_cost(Cost{999.6}) == "1.00 µs");
  CHECK(format_cost(Cost{9.996}) == "10.0 ns");
  CHECK(format_cost(Cost{99.96}) == "100 ns");
  CHECK(format_cost(Cost{0.9996}) == "1.00 ns");
}

TEST_CASE("a bound has no digits that nobody wrote") {
  CHECK(format_bound(Cost{20}) == "20 ns");
  CHECK(format_bound(Cost{1500}) == "1.5 µs");
  CHECK(format_bound(Cost{10'000}) == "10 µs");
  CHECK(format_bound(Cost{0.5}) == "0.5 ns");
}

TEST_CASE("a range has the unit and the digits of its value") {
  CHECK(format_range(Cost{0.2722}, Cost{0.2749}, Cost{0.2731}) == "0.272–0.275");
  CHECK(format_range(Cost{990}, Cost{1020}, Cost{1004}) == "0.99–1.02");
}

TEST_CASE("a change has its sign, and next to nothing has none") {
  CHECK(format_change(Percent{15.24}) == "+15.2 %");
  CHECK(format_change(Percent{-0.31}) == "-0.3 %");
  CHECK(format_change(Percent{0.04}) == "0.0 %");
  CHECK(format_change(Percent{-0.04}) == "0.0 %");
  CHECK(format_change(Percent{154.2}) == "+154 %");
}

TEST_CASE("a small spread is not called none") {
  CHECK(format_percent(Percent{0.0}) == "0.0");
  CHECK(format_percent(Percent{0.04}) == "<0.1");
  CHECK(format_percent(Percent{0.42}) == "0.4");
  CHECK(format_percent(Percent{9.96}) == "10");
  CHECK(format_percent(Percent{41.3}) == "41");
  CHECK(format_chosen_percent(Percent{5}) == "5");
  CHECK(format_chosen_percent(Percent{0.5}) == "0.5");
}

TEST_CASE("time is told in the words of its size") {
  CHECK(format_duration(0.42) == "0.4 s");
  CHECK(format_duration(12.4) == "12 s");
  CHECK(format_duration(59.6) == "1 min 00 s");
  CHECK(format_duration(185) == "3 min 05 s");
  CHECK(format_duration(3720) == "1 h 02 min");
}

TEST_CASE("counts agree in number and thousands are grouped") {
  CHECK(format_count(1, "benchmark", "benchmarks") == "1 benchmark");
  CHECK(format_count(0, "benchmark", "benchmarks") == "0 benchmarks");
  CHECK(format_count(17000, "slice", "slices") == "17,000 slices");
  CHECK(format_count(1234567) == "1,234,567");
  CHECK(format_count(999) == "999");
}
