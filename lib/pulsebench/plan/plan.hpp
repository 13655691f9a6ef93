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

/// What to run, in what order. Pure: the same arguments give the same plan on every machine.
///
/// Round i holds launch i of every subject with more than i launches, in an order drawn anew each
/// round, so that a drift of the machine meets all benchmarks alike; within a step the sides follow
/// each other in random order, so that neither is always first.
/// `launches`: one entry a subject. `sides` > 0.
[[nodiscard]] std::vector<Step> make_plan(std::span<const int> launches, std::size_t sides,
                                          std::uint64_t seed);

/// The launches that fit `budget_seconds` when launch and process start of subject i take
/// `seconds[i]`: all are scaled down alike, to no fewer than `kFewestLaunches`.
inline constexpr int kFewestLaunches = 4;
[[nodiscard]] std::vector<int> fit_to_budget(std::span<const int> launches,
                                             std::span<const double> seconds,
                                             double budget_seconds);

}  // namespace pulsebench::plan
