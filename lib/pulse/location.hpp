#pragma once

#include <cstdint>

namespace pulse {

/// Place in the source. As std::source_location, which clang 14 lacks.
struct Location {
  const char* file = "";  ///< lives as long as the program
  std::uint32_t line = 0;

  [[nodiscard]] static constexpr Location here(const char* file = __builtin_FILE(),
                                               std::uint32_t line = __builtin_LINE()) noexcept {
    return {file, line};
  }
};

}  // namespace pulse
