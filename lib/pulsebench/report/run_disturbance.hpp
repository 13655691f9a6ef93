#pragma once

#include <span>
#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::report {

/// A slice in ten disturbed is worth a mark: below, medians of low quantiles do not notice.
inline constexpr double kDisturbedWorthAMark = 10.0;

/// How much of a measurement was disturbed, and by what. Slices last equally long, so their share
/// is a share of the time.
struct Disturbance {
  int launches = 0, slices = 0, disturbed = 0;
  int waited = 0, preempted = 0, faulted = 0, slowed = 0;  ///< slices, by cause
  int crowded = 0, stolen = 0;                             ///< launches

  /// Of the slices, in per cent.
  [[nodiscard]] Percent share() const;

  /// "2.5 % preempted", the causes that are worth a line: one slice in a hundred, or one launch in
  /// ten.
  [[nodiscard]] std::vector<std::string> causes() const;
};

/// Of all these results together. Pure.
[[nodiscard]] Disturbance disturbance_of(std::span<const baseline::BenchmarkResult> results);

}  // namespace pulsebench::report
