#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace pulsebench::stats {

/// What counts as a change of level.
struct ChangePointRule {
  std::size_t window = 50;   ///< values that are searched at once; the next window starts half of
                             ///< it later, or at the last change found
  double weak_p = 1e-5;      ///< below this a split of a window is a candidate
  double p = 1e-6;           ///< below this a candidate is a change, between its neighbours
  double least_shift = 0.0;  ///< by how much the means have to differ, at least
};

/// The first value of each new level of `series`, in order of time, ascending.
///
/// Each window is split in two where the E-divisive statistic is greatest, again and again, as long
/// as Student's test between the two parts is below `weak_p`. Then, of all candidates, the one with
/// the greatest p between its neighbours is removed while that is not below `p`; then the one with
/// the smallest shift while that is below `least_shift`. Source: Fleming et al., Hunter:
/// Using Change Point Detection to Hunt for Performance Regressions (ICPE 2023, arXiv 2301.03034).
[[nodiscard]] std::vector<std::size_t> change_points(std::span<const double> series,
                                                     const ChangePointRule& rule);

}  // namespace pulsebench::stats
