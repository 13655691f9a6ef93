#include "pulsebench/stats/false_discovery.hpp"

#include <algorithm>
#include <cstddef>

namespace pulsebench::stats {

std::vector<bool> discoveries(std::span<const double> p_values, double rate) {
  std::vector<double> ascending(p_values.begin(), p_values.end());
  std::sort(ascending.begin(), ascending.end());
  double bound = -1.0;
  const auto n = static_cast<double>(ascending.size());
  for (std::size_t k = 0; k < ascending.size(); ++k) {
    if (ascending[k] <= rate * static_cast<double>(k + 1) / n) bound = ascending[k];
  }
  std::vector<bool> found;
  for (const double p : p_values) found.push_back(p <= bound);
  return found;
}

}  // namespace pulsebench::stats
