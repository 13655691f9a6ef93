#pragma once

namespace pulsebench::stats {

/// Value that a variable of Student's t distribution exceeds with probability `tail`. From a
/// million degrees of freedom on, also for infinitely many, it is the normal distribution's.
/// Precondition: 0 < tail < 1 and `degrees_of_freedom` > 0.
[[nodiscard]] double upper_student(double tail, double degrees_of_freedom);

/// The probability that a variable of Student's t distribution exceeds `value`: the inverse of
/// `upper_student`. Precondition: `degrees_of_freedom` > 0.
[[nodiscard]] double student_tail(double value, double degrees_of_freedom);

}  // namespace pulsebench::stats
