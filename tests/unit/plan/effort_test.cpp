#include "pulsebench/plan/pace.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::plan;

TEST_CASE("a benchmark that is open after 128 blocks continues for 3 seconds") {
  const Effort usual;
  CHECK_FALSE(usual.spent(127, 100.0));
  CHECK(usual.spent(128, 3.0));
  CHECK_FALSE(usual.spent(128, 2.9));
  CHECK_FALSE(usual.spent(255, 2.9));
  CHECK(usual.spent(256, 0.1));
}

TEST_CASE("an exact number of blocks is taken regardless of time") {
  CHECK_FALSE(exactly(32).spent(31, 1000.0));
  CHECK(exactly(32).spent(32, 0.0));
  CHECK_FALSE(exactly(1000).spent(999, 1000.0));
}
