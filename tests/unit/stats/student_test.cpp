#include "pulsebench/stats/student.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using doctest::Approx;
using pulsebench::stats::student_tail;
using pulsebench::stats::two_sample_p;
using pulsebench::stats::upper_student;

TEST_CASE("Student's quantiles are the tabulated ones") {
  // NIST/SEMATECH e-Handbook 1.3.6.7.2, critical values of the t distribution.
  CHECK(upper_student(0.05, 1) == Approx(6.314).epsilon(1e-4));
  CHECK(upper_student(0.025, 7) == Approx(2.365).epsilon(2e-4));
  CHECK(upper_student(0.01, 10) == Approx(2.764).epsilon(2e-4));
  CHECK(upper_student(0.001, 30) == Approx(3.385).epsilon(2e-4));
}

TEST_CASE("with infinite degrees of freedom Student's quantiles are the normal ones") {
  CHECK(upper_student(0.05, std::numeric_limits<double>::infinity()) == Approx(1.6448536));
  CHECK(upper_student(0.05, 999'999) == Approx(upper_student(0.05, 1'000'001)).epsilon(1e-5));
}

TEST_CASE("Student's tails are those of the closed forms and of the table") {
  // 1 degree of freedom: 1/2 - atan(x)/pi; 2: 1/2 - x / (2 sqrt(2 + x^2)); 3: 1/2 - (a + sin a
  // cos a)/pi, a = atan(x/sqrt 3). 3.3: the density integrated by Simpson's rule in Python.
  CHECK(student_tail(1, 1) == Approx(0.25));
  CHECK(student_tail(2, 2) == Approx(0.0917517095));
  CHECK(student_tail(3, 3) == Approx(0.0288344428));
  CHECK(student_tail(-3, 3) == Approx(1 - 0.0288344428));
  CHECK(student_tail(4.25, 3.3) == Approx(0.00984226627));
  CHECK(student_tail(11.2, 3.3) == Approx(0.000486667416));
  // NIST/SEMATECH e-Handbook 1.3.6.7.2.
  CHECK(student_tail(2.764, 10) == Approx(0.01).epsilon(1e-3));
}

TEST_CASE("with endless degrees of freedom the tail is the normal one") {
  // R 4.2: pnorm(3.1, lower.tail = FALSE); the tail is not rounded to 0 far out.
  CHECK(student_tail(3.1, std::numeric_limits<double>::infinity()) == Approx(0.000967603));
  CHECK(student_tail(9, std::numeric_limits<double>::infinity()) == Approx(1.128588e-19));
}

TEST_CASE("the two-sided p of two samples is that of R's t.test with equal variances") {
  // R: t.test(extra ~ group, data = sleep, var.equal = TRUE): t = -1.8608, df = 18, p = 0.07919;
  // the data are those of Student (1908).
  const std::vector<double> first{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  const std::vector<double> second{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  CHECK(two_sample_p(first, second) == Approx(0.07919).epsilon(1e-4));
  CHECK(two_sample_p(second, first) == two_sample_p(first, second));
}

TEST_CASE("two constant samples differ for certain, or not at all") {
  const std::vector<double> ones(5, 1.0), twos(3, 2.0);
  CHECK(two_sample_p(ones, twos) == 0.0);
  CHECK(two_sample_p(ones, ones) == 1.0);
}
