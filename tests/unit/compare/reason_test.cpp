#include "pulsebench/compare/reason.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::compare;

TEST_CASE("a code is spelled as its enumerator") {
  CHECK(name_of(ReasonCode::new_benchmark) == "new_benchmark");
  CHECK(name_of(ReasonCode::near_threshold) == "near_threshold");
  CHECK(name_of(ReasonCode::means_scatter) == "means_scatter");
}
