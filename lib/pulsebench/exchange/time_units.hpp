#pragma once

#include <string_view>

namespace pulsebench::exchange {

/// Nanoseconds in a unit of time as the tools spell them ("ns", "us", "msec", "min"); 0 where it is
/// none.
[[nodiscard]] constexpr double ns_in_unit(std::string_view unit) {
  if (unit == "ns") return 1.0;
  if (unit == "us") return 1e3;
  if (unit == "ms" || unit == "msec") return 1e6;
  if (unit == "s" || unit == "sec") return 1e9;
  if (unit == "min") return 60e9;
  if (unit == "hr") return 3600e9;
  return unit == "day" ? 86'400e9 : 0.0;
}

}  // namespace pulsebench::exchange
