#include "pulsebench/report/reason_text.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

std::string described(double p, int family = 20) {
  auto judged = fixtures::judged("a", compare::Verdict::regressed, 1, 2, 9);
  judged.p_value = p;
  judged.family = family;
  return describe_p_value(judged);
}

}  // namespace

TEST_CASE("a p-value has two digits that count, and its family beside it") {
  CHECK(described(0.00984, 1) == "p = 0.0098, family of 1");
  CHECK(described(0.01) == "p = 0.010, family of 20");
  CHECK(described(0.000487) == "p = 0.00049, family of 20");
  CHECK(described(0.25, 10'000) == "p = 0.25, family of 10,000");
  CHECK(described(1.0) == "p = 1.0, family of 20");
}

TEST_CASE("a p-value is not spelled out below what anyone has shown") {
  CHECK(described(0.0001) == "p = 0.00010, family of 20");
  CHECK(described(0.0000999) == "p < 0.0001, family of 20");
  CHECK(described(0.0) == "p < 0.0001, family of 20");
}

TEST_CASE("where no rule of time decided there is no p-value to describe") {
  CHECK(describe_p_value(fixtures::unjudged("a", 1.0, {}, "crashed")).empty());
}
