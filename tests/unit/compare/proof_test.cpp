#include "pulsebench/compare/proof.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace pulsebench;
using namespace pulsebench::compare;
using doctest::Approx;

TEST_CASE("decisions are counted by threshold and truth, with their mean and worst seconds") {
  const Percent five{5}, ten{10}, none{0}, seven{7};
  const std::vector<Decided> decisions{
      {ten, seven, Verdict::unchanged, 0.2},  {five, seven, Verdict::regressed, 1.0},
      {five, none, Verdict::unchanged, 0.3},  {five, seven, Verdict::inconclusive, 3.0},
      {five, seven, Verdict::regressed, 0.5}, {five, none, Verdict::improved, 0.1}};
  const auto rows = tally(decisions);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].threshold == five);
  CHECK(rows[0].injected == none);
  CHECK(rows[0].decisions == 2);
  CHECK(rows[0].improved == 1);
  CHECK(rows[0].unchanged == 1);
  CHECK(rows[1].injected == seven);
  CHECK(rows[1].regressed == 2);
  CHECK(rows[1].inconclusive == 1);
  CHECK(rows[1].mean_seconds == Approx(1.5));
  CHECK(rows[1].worst_seconds == Approx(3.0));
  CHECK(rows[1].beyond());
  CHECK_FALSE(rows[2].beyond());  // 7 % against 10 %: to be passed
  CHECK(tally({}).empty());
}
