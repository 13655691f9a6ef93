#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "pulsebench/compare/live_decision.hpp"
#include "pulsebench/compare/reason.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::compare {

/// The smallest steady change that `rule` could tell from none with these blocks of unchanged code:
/// with s the fewest of n blocks whose evidence E(s, n) reaches 2k/α, the shift that lifts s of the
/// log-ratios above zero, or lowers s of them below, whichever takes more:
///
///     r = exp(max(-d(n-s+1), d(s))) - 1,   d(1) <= ... <= d(n)
///
/// and no less than 0. A gate at a threshold t passes no change and flags one of t + r, which is
/// why r has to be below t. Nothing is assumed of the distribution; empty where so few blocks prove
/// nothing. Source: the test of `live_decision.hpp`, inverted, as an interval for a median is the
/// sign test inverted (David & Nagaraja, Order Statistics, 3rd ed., section 7.1).
[[nodiscard]] std::optional<Percent> resolvable_change(std::span<const double> log_ratios,
                                                       const LiveRule& rule);

/// What a benchmark shows against itself.
struct Noise {
  BenchmarkInfo info;
  std::optional<Cost> cost = {};
  Percent threshold = {};
  bool gates = false;                         ///< whether a regression of it fails a run
  std::optional<Percent> resolves = {};       ///< by the low quantile: a steady change
  std::optional<Percent> mean_resolves = {};  ///< by the mean: a cost that comes and goes
  int blocks = 0;
  double seconds = 0.0;               ///< wall time spent on it
  int decisions = 0;                  ///< that the blocks suffice for, one after the other
  int false_alarms = 0;               ///< of them, those that say regressed or improved
  int passed = 0;                     ///< of them, those that say unchanged
  bool supported = false;             ///< whether its threshold means something on this machine
  bool failed = false;                ///< it crashed, hung, lied
  bool skipped = false;               ///< by itself: neither supported nor failed
  std::optional<Reason> reason = {};  ///< why it is not supported
};

/// Judges blocks of unchanged code again and again by `rule`, and says what that is worth.
[[nodiscard]] Noise noise_of(const BenchmarkInfo& info, std::span<const BlockChange> blocks,
                             const LiveRule& rule);

/// A machine measured against itself.
struct NoiseReport {
  std::vector<Noise> benchmarks;
  double alpha = 0.01;
  int most_blocks = 0;
  std::uint64_t seed = 0;
  double seconds = 0.0;
  double visit_share = 0.0;  ///< of `seconds`, inside visits
  std::vector<Reason> warnings = {};

  /// Whether the threshold of each benchmark that did not skip itself is supported.
  [[nodiscard]] bool supported() const;
};

}  // namespace pulsebench::compare
