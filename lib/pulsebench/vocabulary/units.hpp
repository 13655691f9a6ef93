#pragma once

#include <array>
#include <compare>
#include <optional>

#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench {

/// What a figure is counted in.
enum class Unit { nanoseconds, bytes, count, per_second, ratio };

template <>
inline constexpr std::array<Named<Unit>, 5> kNames<Unit>{{{Unit::nanoseconds, "ns"},
                                                          {Unit::bytes, "B"},
                                                          {Unit::count, "count"},
                                                          {Unit::per_second, "1/s"},
                                                          {Unit::ratio, "ratio"}}};

/// Cost of one operation in nanoseconds, or the figure of another metric in its unit.
struct Cost {
  double value = 0.0;
  Unit unit = Unit::nanoseconds;
  constexpr Cost() = default;
  constexpr explicit Cost(double figure, Unit its_unit = Unit::nanoseconds)
      : value(figure), unit(its_unit) {}
  auto operator<=>(const Cost&) const = default;
};

/// What logarithms are taken of, and changes counted by: the figure, or one more of a count, which
/// may be zero.
[[nodiscard]] constexpr double judged_figure(Cost cost) {
  return cost.unit == Unit::count ? 1.0 + cost.value : cost.value;
}

/// A relative change or bound: `Percent{5}` is five per cent, a factor of 1.05.
struct Percent {
  double value = 0.0;
  constexpr Percent() = default;
  constexpr explicit Percent(double percent) : value(percent) {}
  [[nodiscard]] constexpr double factor() const { return 1.0 + value / 100.0; }
  auto operator<=>(const Percent&) const = default;
};

/// What one operation goes through, where its benchmark says so. The only thing that is kept:
/// bytes and items a second follow from it and from the time that is reported.
struct Processed {
  std::optional<double> bytes = {};
  std::optional<double> items = {};  ///< of whatever the benchmark counts: messages, tasks, rows

  [[nodiscard]] bool any() const { return bytes || items; }
};

/// Throughput of all threads together, a second. `cost` is what an operation takes as one of the
/// `threads` sees it. Precondition: `cost` is above zero.
[[nodiscard]] constexpr double per_second(double amount_per_op, Cost cost, int threads) {
  return amount_per_op * threads * 1e9 / cost.value;
}

}  // namespace pulsebench
