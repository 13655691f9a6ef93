#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>

/// Deviates of simulations, which mean the same with every standard library.
class Deviates {
 public:
  explicit Deviates(std::uint64_t seed) : bits_(seed) {}
  double uniform() { return (static_cast<double>(bits_() >> 11U) + 0.5) * 0x1p-53; }
  double normal() {
    return std::sqrt(-2.0 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
  }
  std::size_t below(std::size_t n) { return bits_() % n; }

 private:
  std::mt19937_64 bits_;
};
