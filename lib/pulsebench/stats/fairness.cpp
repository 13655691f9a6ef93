#include "pulsebench/stats/fairness.hpp"

#include <algorithm>
#include <cassert>

namespace pulsebench::stats {

double min_max_ratio(std::span<const double> shares) {
  assert(!shares.empty());
  const auto [least, most] = std::minmax_element(shares.begin(), shares.end());
  return *most > 0.0 ? *least / *most : 1.0;
}

double jain_index(std::span<const double> shares) {
  assert(!shares.empty());
  double sum = 0.0;
  double squares = 0.0;
  for (const double share : shares) {
    sum += share;
    squares += share * share;
  }
  return squares > 0.0 ? sum * sum / (static_cast<double>(shares.size()) * squares) : 1.0;
}

}  // namespace pulsebench::stats
