#pragma once

#include <span>

namespace pulsebench::stats {

/// Value that a variable of Student's t distribution exceeds with probability `tail`. From a
/// million degrees of freedom on, also for infinitely many, it is the normal distribution's.
/// Precondition: 0 < tail < 1 and `degrees_of_freedom` > 0.
[[nodiscard]] double upper_student(double tail, double degrees_of_freedom);

/// The probability that a variable of Student's t distribution exceeds `value`: the inverse of
/// `upper_student`. Precondition: `degrees_of_freedom` > 0.
[[nodiscard]] double student_tail(double value, double degrees_of_freedom);

/// Two-sided p-value of Student's test that two normally distributed samples of one variance have
/// the same mean, with the pooled variance. 1 where all values are equal; 0 where each sample is
/// constant and the two differ. Precondition: neither is empty, and they have three values at least
/// together. Source: Student, The Probable Error of a Mean, Biometrika 6 (1908).
[[nodiscard]] double two_sample_p(std::span<const double> first, std::span<const double> second);

/// Value that a standard normal variable exceeds with probability `tail`: `upper_normal(0.05)` is
/// 1.645. Computed from the upper tail, so that it stays exact where 1 - tail would round to 1.
/// Precondition: 0 < tail < 1.
[[nodiscard]] double upper_normal(double tail);

}  // namespace pulsebench::stats
