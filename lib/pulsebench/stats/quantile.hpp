#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Statistics on plain numbers without units. Each quantity has one definition here, so that all
/// rooms use the same median. Samples are finite: input from files and suites is checked where it
/// enters.
namespace pulsebench::stats {

/// Returns `values` in ascending order.
[[nodiscard]] std::vector<double> sorted(std::span<const double> values);

/// Quantile `p` of a sample in ascending order, interpolated linearly between order statistics:
/// definition 7 of Hyndman & Fan, Sample Quantiles in Statistical Packages, The American
/// Statistician 50 (1996), which is also the default of R and NumPy. Precondition: `ascending` is
/// not empty, ascends, and 0 <= p <= 1.
[[nodiscard]] double quantile(std::span<const double> ascending, double p);

/// A value and the number of its occurrences in a sample.
struct Counted {
  double value = 0.0;
  std::uint64_t count = 0;
};

/// Smallest value that is not below a share `p` of the sample: definition 1 of Hyndman & Fan, whose
/// result is a value of the sample. Precondition: `ascending` is not empty, ascends, has a count
/// above 0, and 0 <= p <= 1.
[[nodiscard]] double quantile_of(std::span<const Counted> ascending, double p);

/// Median of a sample in any order. Precondition: `values` is not empty.
[[nodiscard]] double median(std::span<const double> values);

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
