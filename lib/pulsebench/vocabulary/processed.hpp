#pragma once

#include <optional>

#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench {

/// What one operation goes through, where its benchmark says so. The only thing that is kept:
/// bytes and items a second follow from it and from the time that is reported.
struct Processed {
  std::optional<double> bytes = {};
  std::optional<double> items = {};  ///< of whatever the benchmark counts: messages, tasks, rows

  [[nodiscard]] bool any() const { return bytes || items; }
};

/// Throughput of all threads together, a second. `cost` is what an operation takes as one of the
/// `threads` sees it. Precondition: `cost` is above zero.
[[nodiscard]] constexpr double per_second(double amount_per_op, NsPerOp cost, int threads) {
  return amount_per_op * threads * 1e9 / cost.value;
}

}  // namespace pulsebench
