#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "pulsebench/stats/change_points.hpp"
#include "pulsebench/stats/clip.hpp"

namespace pulsebench::trend {

/// When a change of a series raises an alert; docs/methodology.md has what these numbers reach.
struct WatchRule {
  std::size_t least_points = 14;  ///< a series with fewer is too young
  std::size_t least_level = 8;    ///< after a change, fewer are not searched for the next one
  std::size_t after_points = 4;   ///< of the new level, before it raises an alert
  std::size_t memory = 100;       ///< the newest points that are looked at
  /// Four outliers within seven nights would pass a window of 7, which happens once in 14 years if
  /// 5 % of the nights are outliers; five within nine happen once in 82.
  stats::ClipRule clip{.window = 9, .sigmas = 2.0, .least_sigma = 0.001};
  stats::ChangePointRule change{
      .window = 50, .weak_p = 1e-5, .p = 1e-6, .least_shift = 0.0295588};  // ln(1.03)
  /// Clips a series. Tests put another one in its place, to show what it is worth.
  std::vector<double> (*clip_series)(std::span<const double>,
                                     const stats::ClipRule&) = stats::clip_outliers;
};

/// A change of level.
struct Alert {
  std::size_t first = 0;  ///< the first point of the new level
  std::size_t seen = 0;   ///< the point at which it was seen
  double p = 1.0;         ///< of Student's test between the levels, when it was seen
};

/// The alerts of one series of logarithms of costs, oldest first, as a nightly look at all points
/// so far raises them: of all points since the last change, at most `memory`. Adding points never
/// changes the alerts before. Pure.
[[nodiscard]] std::vector<Alert> watch(std::span<const double> logs, const WatchRule& rule = {});

}  // namespace pulsebench::trend
