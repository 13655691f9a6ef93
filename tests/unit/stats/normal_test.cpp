#include "pulsebench/stats/student.hpp"

#include <doctest/doctest.h>

using doctest::Approx;
using pulsebench::stats::upper_normal;

TEST_CASE("normal quantiles are the tabulated ones") {
  // NIST/SEMATECH e-Handbook 1.3.6.7.1; Φ⁻¹(3/4) is 1 / 1.4826. For 0.01 / 60
  // docs/design/verdict.md says 3.59.
  CHECK(upper_normal(0.05) == Approx(1.6448536).epsilon(1e-7));
  CHECK(upper_normal(0.025) == Approx(1.9599640).epsilon(1e-7));
  CHECK(upper_normal(0.25) == Approx(0.6744898).epsilon(1e-6));
  CHECK(upper_normal(0.01 / 60) == Approx(3.59).epsilon(1e-3));
  CHECK(upper_normal(0.5) == Approx(0.0));
}

TEST_CASE("a far tail does not round to infinity") {
  // R: qnorm(1e-20, lower.tail = FALSE) is 9.262340.
  CHECK(upper_normal(1e-20) == Approx(9.262340).epsilon(1e-6));
}
