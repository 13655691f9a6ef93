#pragma once

#include <cmath>
#include <cstdint>

namespace pulsebench::harness {

/// Operations to add to batch `i`, so that all batches together have exactly `percent` more.
[[nodiscard]] inline std::uint64_t injected_operations(int i, std::uint64_t operations,
                                                       double percent) {
  const double each = static_cast<double>(operations) * percent / 100.0;
  return static_cast<std::uint64_t>(std::floor((i + 1) * each) - std::floor(i * each));
}

/// Operations of a single batch, including the injected ones.
[[nodiscard]] inline std::uint64_t with_injected(std::uint64_t operations, double percent) {
  return operations + injected_operations(0, operations, percent);
}

}  // namespace pulsebench::harness
