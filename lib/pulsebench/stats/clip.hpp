#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace pulsebench::stats {

/// How a series is clipped.
struct ClipRule {
  std::size_t window = 7;    ///< values of the running median
  double sigmas = 2.0;       ///< how far from the median a value may be, in standard deviations
  double least_sigma = 0.0;  ///< the deviation is taken for no smaller than this
};

/// Standard deviation of the noise of a series in order, from the differences of neighbours, which
/// a step moves in one place only: 1.4826 median |x(i+1) - x(i)| / √2. 0 for fewer than two values.
[[nodiscard]] double sigma_of_neighbours(std::span<const double> series);

/// The series with each value moved to within `sigmas` deviations of the running median around it:
/// a few outliers no longer look like a change, and a lasting change stays. The window has `window`
/// values everywhere: where it would pass an end of the series, it is shifted inward and not cut,
/// as a median of 4 at the newest value lets two outliers of 4 pass. Of a shorter series, all
/// values are the window.
[[nodiscard]] std::vector<double> clip_outliers(std::span<const double> series,
                                                const ClipRule& rule);

}  // namespace pulsebench::stats
