#include <windows.h>

#include "pulsebench/harness/ticks.hpp"

namespace pulsebench::harness {

std::uint64_t monotonic_ns() {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  static const std::uint64_t kTicksPerSecond = [] {
    LARGE_INTEGER frequency{};
    ::QueryPerformanceFrequency(&frequency);  // it cannot fail from Windows XP on
    return static_cast<std::uint64_t>(frequency.QuadPart);
  }();
  LARGE_INTEGER now{};
  ::QueryPerformanceCounter(&now);
  const auto ticks = static_cast<std::uint64_t>(now.QuadPart);
  // In two parts, since the whole would not fit after some hours.
  return ticks / kTicksPerSecond * kSecond + ticks % kTicksPerSecond * kSecond / kTicksPerSecond;
}

}  // namespace pulsebench::harness
