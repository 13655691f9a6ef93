#pragma once

#include <chrono>

namespace pulsebench::os {

/// On the steady clock, in seconds.
[[nodiscard]] inline double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace pulsebench::os
