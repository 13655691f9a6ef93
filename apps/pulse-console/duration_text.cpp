#include "duration_text.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace pulsebench::console {

std::string text_of(std::chrono::nanoseconds time) {
  struct Unit {
    double ns;
    double end;  ///< in ns: from here on the next unit
    const char* name;
  };
  constexpr Unit kUnits[]{{1.0, 1e3, "ns"}, {1e3, 1e6, "us"},    {1e6, 1e9, "ms"},
                          {1e9, 6e11, "s"}, {6e10, 6e12, "min"}, {3.6e12, 1e300, "h"}};
  if (time.count() <= 0) return "0";
  const auto ns = static_cast<double>(time.count());
  for (const Unit& unit : kUnits) {
    const double value = ns / unit.ns;
    // Rounded first, so that 999.7 us is 1.0 ms.
    const bool has_fraction = unit.ns > 1.0 && value < (unit.ns == 1e9 ? 99.95 : 9.95);
    const double shown = has_fraction ? value : value + 0.5;
    if (shown * unit.ns >= unit.end) continue;
    return has_fraction ? fmt::format("{:.1f} {}", value, unit.name)
                        : fmt::format("{} {}", static_cast<std::uint64_t>(shown), unit.name);
  }
  return "";
}

}  // namespace pulsebench::console
