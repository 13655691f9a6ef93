#include "pulsebench/compare/oriented_change.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace pulsebench;
using namespace pulsebench::compare;
using doctest::Approx;

namespace {

BenchmarkInfo metric(Unit unit, Better better) {
  return {.id = *BenchmarkId::parse("http/orders:x"),
          .metric = Metric{.name = "x", .unit = unit, .better = better}};
}

const BenchmarkInfo kRate = metric(Unit::per_second, Better::higher);

}  // namespace

TEST_CASE("a change for the worse is above zero, whichever way the figure is better") {
  // By hand: 100 -> 80 requests a second is a request that takes 1/80 s in place of 1/100 s.
  CHECK(oriented_log_ratio(100, 80, kRate) == Approx(std::log(1.25)));
  CHECK(oriented_log_ratio(100, 125, kRate) == Approx(std::log(0.8)));
  const BenchmarkInfo memory = metric(Unit::bytes, Better::lower);
  CHECK(oriented_log_ratio(100, 80, memory) == Approx(std::log(0.8)));
  CHECK(oriented_log_ratio(1, 2, {.id = *BenchmarkId::parse("a")}) == Approx(std::log(2.0)));
}

TEST_CASE("a count may be zero") {
  const BenchmarkInfo faults = metric(Unit::count, Better::lower);
  CHECK(oriented_log_ratio(0, 0, faults) == 0.0);
  CHECK(oriented_log_ratio(0, 3, faults) == Approx(std::log(4.0)));
}

TEST_CASE("what is shown is the change of the figure, and comes back as it was") {
  Judged judged{.info = kRate};
  judged.change = Percent{25};
  judged.change_low = Percent{0};
  judged.change_high = Percent{100};
  const ShownChange shown = shown_change(judged);
  CHECK(shown.change.value == Approx(-20));
  CHECK(shown.low.value == Approx(-50));
  CHECK(shown.high.value == Approx(0));
  Judged again{.info = kRate};
  take_shown_change(shown, again);
  CHECK(again.change.value == Approx(25));
  CHECK(again.change_low.value == Approx(0));
  CHECK(again.change_high.value == Approx(100));
}
