#include "pulsebench/stats/e_divisive.hpp"

#include <cassert>
#include <cmath>
#include <vector>

namespace pulsebench::stats {
namespace {

double pairs_of(std::size_t count) {
  const auto n = static_cast<double>(count);
  return n * (n - 1.0) / 2.0;
}

/// Of each value, the sums of its distances to the values before it and to those behind it.
struct Distances {
  std::vector<double> before, behind;
};

Distances distances_in(std::span<const double> series) {
  Distances sums{std::vector<double>(series.size()), std::vector<double>(series.size())};
  double* const behind = sums.behind.data();
  for (std::size_t i = 1; i < series.size(); ++i) {
    const double value = series[i];
    for (std::size_t j = 0; j < i; ++j) behind[j] += std::abs(series[j] - value);
    double sum = 0.0;
    for (std::size_t j = 0; j < i; ++j) sum += std::abs(series[j] - value);
    sums.before[i] = sum;
  }
  return sums;
}

}  // namespace

std::optional<Split> e_divisive_split(std::span<const double> series, std::size_t least) {
  assert(least >= 2);
  const std::size_t size = series.size();
  if (size < 2 * least) return std::nullopt;
  const Distances distances = distances_in(series);
  // Sums of |x - y| over pairs: within the first part, across, within the second. Moving one value
  // from the second part to the first changes each by that value's distances to the two parts.
  double first = 0.0;
  double across = 0.0;
  double second = 0.0;
  for (const double sum : distances.before) second += sum;
  std::optional<Split> best;
  for (std::size_t at = 1; at + least <= size; ++at) {
    const double to_first = distances.before[at - 1];
    const double to_second = distances.behind[at - 1];
    first += to_first;
    across += to_second - to_first;
    second -= to_second;
    if (at < least) continue;
    const auto m = static_cast<double>(at);
    const auto n = static_cast<double>(size - at);
    const double energy =
        2.0 * across / (m * n) - first / pairs_of(at) - second / pairs_of(size - at);
    const double statistic = m * n / (m + n) * energy;
    if (!best || statistic > best->statistic) best = Split{at, statistic};
  }
  return best;
}

}  // namespace pulsebench::stats
