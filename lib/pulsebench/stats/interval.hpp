#pragma once

#include <optional>
#include <span>

namespace pulsebench::stats {

/// Two-sided confidence interval, in the unit of the sample.
struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// Two-sided confidence interval for the median, in the unit of `ascending`. Distribution-free: the
/// narrowest symmetric pair of order statistics X(r), X(n+1-r) that covers the median with
/// probability >= `level`, 1 - 2 P(Bin(n, 1/2) <= r - 1). Empty if no finite interval exists: below
/// 6 values at level 0.95, below 8 at 0.99. Precondition: `ascending` ascends and 0 < level < 1.
/// Source: David & Nagaraja, Order Statistics, 3rd ed., section 7.1.
[[nodiscard]] std::optional<Interval> median_interval(std::span<const double> ascending,
                                                      double level);

}  // namespace pulsebench::stats
