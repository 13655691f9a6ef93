#pragma once

#include <chrono>
#include <string>

namespace pulsebench::console {

/// A duration in at most 7 columns: "0", "850 ns", "5.8 us", "58 us", "200 ms", "12.3 s", "12 min",
/// "30 h". ASCII, for terminals of all kinds.
[[nodiscard]] std::string text_of(std::chrono::nanoseconds time);

}  // namespace pulsebench::console
