#include "pulsebench/load/schedule.hpp"

#include <cmath>

namespace pulsebench::load {

std::chrono::nanoseconds PoissonArrivals::next() {
  constexpr double kScale = 1.0 / 9007199254740992.0;  // 2^-53: a double has so many digits
  const double uniform = (static_cast<double>(random_() >> 11U) + 0.5) * kScale;  // in (0, 1)
  seconds_ -= std::log(uniform) / per_second_;
  return std::chrono::nanoseconds{std::llround(seconds_ * 1e9)};
}

}  // namespace pulsebench::load
