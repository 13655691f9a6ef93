#pragma once

#include <array>
#include <string>

#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench {

/// Which way a figure is better.
enum class Better { lower, higher };

template <>
inline constexpr std::array<Named<Better>, 2> kNames<Better>{
    {{Better::lower, "lower"}, {Better::higher, "higher"}}};

/// One figure of a workload. Each metric is judged on its own, as a benchmark whose id ends with
/// its name: `cli/pack:max_rss`.
struct Metric {
  std::string name;
  Unit unit = Unit::nanoseconds;
  Better better = Better::lower;

  bool operator==(const Metric&) const = default;
};

}  // namespace pulsebench
