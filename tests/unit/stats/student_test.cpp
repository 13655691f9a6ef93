#include "pulsebench/stats/student.hpp"

#include <doctest/doctest.h>

#include <limits>

using doctest::Approx;
using pulsebench::stats::upper_student;

TEST_CASE("Student's quantiles are the tabulated ones") {
  // NIST/SEMATECH e-Handbook 1.3.6.7.2, critical values of the t distribution.
  CHECK(upper_student(0.05, 1) == Approx(6.314).epsilon(1e-4));
  CHECK(upper_student(0.025, 7) == Approx(2.365).epsilon(2e-4));
  CHECK(upper_student(0.01, 10) == Approx(2.764).epsilon(2e-4));
  CHECK(upper_student(0.001, 30) == Approx(3.385).epsilon(2e-4));
}

TEST_CASE("with endless degrees of freedom they are the normal ones") {
  CHECK(upper_student(0.05, std::numeric_limits<double>::infinity()) == Approx(1.6448536));
  CHECK(upper_student(0.05, 999'999) == Approx(upper_student(0.05, 1'000'001)).epsilon(1e-5));
}
