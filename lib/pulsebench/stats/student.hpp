#pragma once

namespace pulsebench::stats {

/// The value that a variable of Student's t distribution exceeds with probability `tail`. From a
/// million degrees of freedom on, and for infinitely many, it is the normal one.
/// Precondition: 0 < tail < 1 and `degrees_of_freedom` > 0.
[[nodiscard]] double upper_student(double tail, double degrees_of_freedom);

}  // namespace pulsebench::stats
