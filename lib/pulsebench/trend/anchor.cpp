#include "pulsebench/trend/anchor.hpp"

#include <algorithm>
#include <cstddef>

#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::trend {
namespace {

constexpr std::size_t kReferenceNights = 9;

/// The median of the first, or of the last, `kReferenceNights` values.
double median_of_first(std::span<const double> values) {
  return stats::median(values.first(std::min(kReferenceNights, values.size())));
}
double median_of_last(std::span<const double> values) {
  return stats::median(values.last(std::min(kReferenceNights, values.size())));
}

}  // namespace

std::vector<std::optional<double>> drift_of(std::span<const AnchorCost> nights) {
  std::vector<std::optional<double>> drift(nights.size());
  double reached = 0.0;  // at the end of the anchor before
  std::optional<double> newest;
  for (std::size_t start = 0; start < nights.size();) {
    std::string anchor;
    std::vector<double> costs;
    std::size_t end = start;
    for (; end < nights.size(); ++end) {
      if (!nights[end].log_cost) continue;
      if (costs.empty()) anchor = nights[end].anchor;
      if (nights[end].anchor != anchor) break;
      costs.push_back(*nights[end].log_cost);
    }
    const double reference = costs.empty() ? 0.0 : median_of_first(costs) - reached;
    for (std::size_t i = start; i < end; ++i) {
      if (nights[i].log_cost) newest = *nights[i].log_cost - reference;
      drift[i] = newest;
    }
    if (!costs.empty()) reached = median_of_last(costs) - reference;
    start = end;
  }
  return drift;
}

}  // namespace pulsebench::trend
