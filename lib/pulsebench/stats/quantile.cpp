#include "pulsebench/stats/quantile.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace pulsebench::stats {

std::vector<double> sorted(std::span<const double> values) {
  std::vector<double> ascending(values.begin(), values.end());
  std::sort(ascending.begin(), ascending.end());
  return ascending;
}

double quantile(std::span<const double> ascending, double p) {
  assert(!ascending.empty() && p >= 0.0 && p <= 1.0);
  const double position = p * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  const double share = position - static_cast<double>(below);
  return std::lerp(ascending[below], ascending[above], share);
}

double quantile_of(std::span<const Counted> ascending, double p) {
  assert(!ascending.empty() && p >= 0.0 && p <= 1.0);
  double all = 0.0;
  for (const Counted& counted : ascending) all += static_cast<double>(counted.count);
  double so_far = 0.0;
  for (const Counted& counted : ascending) {
    so_far += static_cast<double>(counted.count);
    if (so_far >= p * all) return counted.value;
  }
  return ascending.back().value;
}

double median(std::span<const double> values) { return quantile(sorted(values), 0.5); }

}  // namespace pulsebench::stats
