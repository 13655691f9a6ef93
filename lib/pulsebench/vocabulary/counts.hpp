#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

namespace pulsebench {

/// One event, counted per operation: hardware, or the kernel's own.
struct Counter {
  std::string name;              ///< as it was asked for: "instructions", "page-faults"
  std::optional<double> per_op;  ///< absent where it was not counted; `reason` says why
  std::uint64_t enabled_ns = 0;  ///< that it was to be counted
  std::uint64_t running_ns = 0;  ///< that it had a counter; `per_op` is scaled by the two
  std::string source = {};       ///< "getrusage" where perf events are forbidden; else empty
  std::string reason = {};       ///< one line; empty where there is a value
};

/// Instructions of one operation, counted one by one: the slope between N operations and 2N.
struct ExactCount {
  std::optional<double> instructions_per_op;  ///< absent where not counted; `reason` says why
  std::uint64_t operations = 0;               ///< N
  std::string by = {};                        ///< "callgrind" or "single step"
  /// Misses of a simulated cache, whose state depends on what ran before: advice, no gate.
  std::optional<double> d1_misses_per_op = {}, ll_misses_per_op = {};
  std::optional<double> native_per_op = {};  ///< single-stepped, where it is another number
  std::string reason = {};

  /// Whether every operation took the same number of instructions: else it depends on what the
  /// operations before it did, and another N may count another figure.
  [[nodiscard]] bool whole() const {
    constexpr double kTolerance = 0.001;
    if (!instructions_per_op) return false;
    const double rest =
        *instructions_per_op - static_cast<double>(std::llround(*instructions_per_op));
    return rest < kTolerance && rest > -kTolerance;
  }
};

/// What operations take from the heap, counted in a pass of its own.
struct Allocations {
  std::optional<double> per_op;  ///< absent where not counted; `reason` says why
  double bytes_per_op = 0.0;     ///< as asked for
  std::uint64_t peak_bytes = 0;  ///< the most that one operation held, as the allocator rounds it
  std::uint64_t operations = 0;  ///< that were counted
  std::string reason = {};
};

}  // namespace pulsebench
