#pragma once

#include <chrono>
#include <span>

namespace pulsebench::os {

/// A descriptor to wait for; -1: none.
struct Awaited {
  int descriptor = -1;
  bool is_ready = false;  ///< it can be read, or has ended
};

/// Waits until one of them is ready, at most for `patience`. Returns true if one is. May return
/// false earlier, where a signal arrives.
[[nodiscard]] bool wait_readable(std::span<Awaited> awaited, std::chrono::milliseconds patience);

/// The same of one descriptor.
[[nodiscard]] inline bool wait_readable(int descriptor, std::chrono::milliseconds patience) {
  Awaited one{.descriptor = descriptor};
  return wait_readable({&one, 1}, patience);
}

}  // namespace pulsebench::os
