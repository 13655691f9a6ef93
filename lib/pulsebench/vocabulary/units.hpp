#pragma once

#include <compare>

namespace pulsebench {

/// Cost of one operation in nanoseconds.
struct NsPerOp {
  double value = 0.0;
  constexpr NsPerOp() = default;
  constexpr explicit NsPerOp(double ns) : value(ns) {}
  auto operator<=>(const NsPerOp&) const = default;
};

/// A relative change or bound: `Percent{5}` is five per cent, a factor of 1.05.
struct Percent {
  double value = 0.0;
  constexpr Percent() = default;
  constexpr explicit Percent(double percent) : value(percent) {}
  [[nodiscard]] constexpr double factor() const { return 1.0 + value / 100.0; }
  auto operator<=>(const Percent&) const = default;
};

}  // namespace pulsebench
