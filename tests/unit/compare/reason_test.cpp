#include "pulsebench/compare/reason.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::compare;

TEST_CASE("a code is spelled as its enumerator") {
  CHECK(name_of(ReasonCode::new_benchmark) == doctest::String{"new_benchmark"});
  CHECK(name_of(ReasonCode::near_threshold) == doctest::String{"near_threshold"});
  CHECK(name_of(ReasonCode::means_scatter) == doctest::String{"means_scatter"});
}
