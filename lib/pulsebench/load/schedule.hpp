#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace pulsebench::load {

/// Arrival times of an open loop: a Poisson process. Requests arrive at random and independently of
/// the answers, as those of many users do. In a closed loop there is no such schedule: an answer
/// causes the next request of its connection.
///
/// The times follow from rate and seed alone, on every system: the standard specifies the numbers
/// of `mt19937_64`, but not those of its distributions.
class PoissonArrivals {
 public:
  /// Precondition: `per_second` > 0.
  PoissonArrivals(double per_second, std::uint64_t seed) : per_second_(per_second), random_(seed) {}

  /// Returns the next arrival, counted from the start of the burst. The times ascend.
  [[nodiscard]] std::chrono::nanoseconds next();

 private:
  double per_second_;
  std::mt19937_64 random_;
  double seconds_ = 0.0;
};

}  // namespace pulsebench::load
