#include "pulsebench/compare/block_change.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

const BenchmarkInfo kTime{.id = *BenchmarkId::parse("a")};  // the time of an operation

/// One slice a number; the numbers after `calm` are disturbed.
Visit visit(std::initializer_list<double> ns, std::size_t calm) {
  Visit made;
  for (const double one : ns) {
    const bool disturbed = made.slices.size() >= calm;
    made.slices.push_back(
        {.ns_per_op = one, .cpu_ns_per_op = one, .disturbances = disturbed ? 1U : 0U});
  }
  return made;
}

}  // namespace

// Quantiles by hand, Hyndman & Fan type 7: of 1 2 3 4 5 the 25 % quantile is 2, the median 3.
TEST_CASE("the low quantile sees a shift, the mean of calm slices an intermittent cost") {
  const auto old_side = visit({1, 2, 3, 4, 5}, 5);
  CHECK(low_quantile(old_side) == 2.0);
  const auto shifted = block_change(old_side, visit({2, 4, 6, 8, 10}, 5), kTime);
  CHECK(shifted.low_quantile == doctest::Approx(std::log(2.0)));
  CHECK(shifted.mean == doctest::Approx(std::log(2.0)));
  const auto intermittent = block_change(old_side, visit({1, 2, 3, 4, 20}, 5), kTime);
  CHECK(intermittent.low_quantile == 0.0);
  CHECK(intermittent.mean == doctest::Approx(std::log(6.0 / 3.0)));
}

TEST_CASE("a disturbed slice does not count against the code") {
  const auto change = block_change(visit({3, 3, 3, 3, 3}, 5), visit({3, 3, 3, 3, 900}, 4), kTime);
  CHECK(change.mean == 0.0);
}

TEST_CASE("with fewer than four calm slices the medians stand guard") {
  const auto change = block_change(visit({1, 2, 3, 4, 5}, 5), visit({1, 2, 6, 7, 8}, 3), kTime);
  CHECK(change.mean == doctest::Approx(std::log(6.0 / 3.0)));
}

TEST_CASE("a metric's own guard is judged in the place of the mean of its values") {
  Visit old_side = visit({100}, 1), new_side = visit({100}, 1);
  old_side.guard = 20.0;
  new_side.guard = 30.0;
  const auto change = block_change(old_side, new_side, kTime);
  CHECK(change.low_quantile == 0.0);
  CHECK(change.mean == doctest::Approx(std::log(1.5)));
  new_side.guard.reset();
  CHECK(block_change(old_side, new_side, kTime).mean == 0.0);
}
