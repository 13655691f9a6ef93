#include "pulsebench/stats/e_divisive.hpp"

#include <cassert>
#include <cmath>

namespace pulsebench::stats {
namespace {

double pairs_of(std::size_t count) {
  const auto n = static_cast<double>(count);
  return n * (n - 1.0) / 2.0;
}

double distance_to(std::span<const double> values, double from) {
  double sum = 0.0;
  for (const double value : values) sum += std::abs(value - from);
  return sum;
}

}  // namespace

std::optional<Split> e_divisive_split(std::span<const double> series, std::size_t least) {
  assert(least >= 2);
  const std::size_t size = series.size();
  if (size < 2 * least) return std::nullopt;
  // Sums of |x - y| over pairs: within the first part, across, within the second. Moving one value
  // from the second part to the first changes each by that value's distances to the two parts.
  double first = 0.0;
  double across = 0.0;
  double second = 0.0;
  for (std::size_t i = 0; i < size; ++i) second += distance_to(series.first(i), series[i]);
  std::optional<Split> best;
  for (std::size_t at = 1; at + least <= size; ++at) {
    const double moved = series[at - 1];
    const double to_first = distance_to(series.first(at - 1), moved);
    const double to_second = distance_to(series.subspan(at), moved);
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
