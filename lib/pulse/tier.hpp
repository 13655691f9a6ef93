#pragma once

#include <cstddef>
#include <cstdint>

namespace pulse {

/// Strength of the library's measure against a task, from none to isolation by the operating
/// system.
enum class Tier : std::uint8_t {
  monitor = 0,  ///< watched only
  warn = 1,     ///< logged and counted
  yield = 2,    ///< requeued after every poll
  isolate = 3,  ///< moved away from the others
};

inline constexpr std::size_t kTierCount = 4;

[[nodiscard]] constexpr std::size_t index_of(Tier tier) noexcept {
  return static_cast<std::size_t>(tier);
}

/// "monitor", "warn", "yield", "isolate".
[[nodiscard]] constexpr const char* name_of(Tier tier) noexcept {
  constexpr const char* kNames[kTierCount]{"monitor", "warn", "yield", "isolate"};
  return kNames[index_of(tier)];
}

}  // namespace pulse
