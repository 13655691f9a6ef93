#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// Statistics on plain numbers: the room is unit-free, and what goes in decides what comes out.
/// It keeps one definition of each quantity, so that two places never mean two medians. Samples
/// are finite; what could make them otherwise (a file, a suite) is checked where it enters.
namespace pulsebench::stats {

/// `values` in ascending order.
[[nodiscard]] std::vector<double> sorted(std::span<const double> values);

/// The `p` quantile of a sample in ascending order, interpolated linearly between order statistics:
/// definition 7 of Hyndman & Fan, Sample Quantiles in Statistical Packages, The American
/// Statistician 50 (1996), which is also the default of R and NumPy.
/// Precondition: `ascending` is not empty, ascends, and 0 <= p <= 1.
[[nodiscard]] double quantile(std::span<const double> ascending, double p);

/// A value that a sample has so many times.
struct Counted {
  double value = 0.0;
  std::uint64_t count = 0;
};

/// The smallest value that is not below a share `p` of the sample: definition 1 of Hyndman & Fan,
/// which needs no value that was not seen. Precondition: `ascending` is not empty, ascends, counts
/// something, and 0 <= p <= 1.
[[nodiscard]] double quantile_of(std::span<const Counted> ascending, double p);

/// The median of a sample in any order. Precondition: `values` is not empty.
[[nodiscard]] double median(std::span<const double> values);

}  // namespace pulsebench::stats
