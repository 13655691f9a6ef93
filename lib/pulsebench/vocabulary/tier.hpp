#pragma once

#include <array>
#include <cstddef>

namespace pulsebench {

/// How a benchmark is judged. Not `pulse::Tier`, which says what happens to a task.
enum class Tier : int { critical = 0, fast = 1, concurrent = 2, system = 3 };

inline constexpr std::size_t kTierCount = 4;
inline constexpr std::array<Tier, kTierCount> kTiers{Tier::critical, Tier::fast, Tier::concurrent,
                                                     Tier::system};

[[nodiscard]] constexpr std::size_t index_of(Tier tier) { return static_cast<std::size_t>(tier); }
[[nodiscard]] constexpr int number_of(Tier tier) { return static_cast<int>(tier); }

/// The name a reader of the dashboard sees: "critical path", "fast path", "concurrent", "system".
[[nodiscard]] constexpr const char* title_of(Tier tier) {
  constexpr std::array kTitles{"critical path", "fast path", "concurrent", "system"};
  return kTitles[index_of(tier)];
}

}  // namespace pulsebench
