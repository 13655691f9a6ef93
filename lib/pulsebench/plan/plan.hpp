#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pulsebench::plan {

/// One process to start: a launch of one subject (a benchmark) on one side.
struct Step {
  int launch = 0;
  std::size_t subject = 0;
  std::size_t side = 0;
  auto operator<=>(const Step&) const = default;
};

/// Plans all launches in order. Pure: the same arguments give the same plan on every machine.
///
/// Round i has launch i of every subject with more than i launches. Each round has a new random
/// order, so that a drift of the machine affects all benchmarks equally. The sides of a subject
/// follow each other in random order. `launches`: one entry per subject. `sides` > 0.
[[nodiscard]] std::vector<Step> make_plan(std::span<const int> launches, std::size_t sides,
                                          std::uint64_t seed);

/// Launches that fit `budget_seconds` if a launch of subject i, with its process start, takes
/// `seconds[i]`. All are scaled by the same factor, to at least `kFewestLaunches`.
inline constexpr int kFewestLaunches = 4;
[[nodiscard]] std::vector<int> fit_to_budget(std::span<const int> launches,
                                             std::span<const double> seconds,
                                             double budget_seconds);

/// Position of a launch's stack and heap. Launch i has the same layout in every run, so that stored
/// runs pair by launch. Both sides of a block have the same.
struct Layout {
  std::size_t environment_padding = 0;  ///< bytes, 16 * U[0, 255]: moves the stack
  std::size_t heap_padding = 0;         ///< bytes, 16 * U[0, 4095]: moves allocations
};

/// Drawn from mt19937_64(12345 + launch), whose sequence the C++ standard fixes.
[[nodiscard]] Layout layout_of(int launch);

}  // namespace pulsebench::plan
