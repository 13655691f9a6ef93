#include "pulsebench/plan/layout.hpp"

#include <random>

namespace pulsebench::plan {

Layout layout_of(int launch) {
  constexpr std::uint64_t kSeed = 12345;
  std::mt19937_64 random{kSeed + static_cast<std::uint64_t>(launch)};
  // Both ranges are powers of two, so the low bits are uniform.
  const std::size_t environment = 16 * (random() % 256);
  const std::size_t heap = 16 * (random() % 4096);
  return {.environment_padding = environment, .heap_padding = heap};
}

}  // namespace pulsebench::plan
