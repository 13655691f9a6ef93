#pragma once

#include <cstdint>
#include <random>

namespace pulsebench::app {

/// A seed for a run that was given none: 32 bits, so that it can be typed.
[[nodiscard]] inline std::uint64_t draw_seed() { return std::random_device{}(); }

}  // namespace pulsebench::app
