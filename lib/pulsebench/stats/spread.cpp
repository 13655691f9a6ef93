#include "pulsebench/stats/spread.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::stats {
namespace {

constexpr double kSqrtHalfPi = 1.2533141373155003;  // √(π/2)

}  // namespace

double mean(std::span<const double> values) {
  assert(!values.empty());
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double standard_deviation(std::span<const double> values) {
  assert(!values.empty());
  if (values.size() == 1) return 0.0;
  const double center = mean(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - center) * (value - center);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

double median_absolute_deviation(std::span<const double> values) {
  const double center = median(values);
  std::vector<double> deviations;
  deviations.reserve(values.size());
  for (const double value : values) deviations.push_back(std::abs(value - center));
  return median(deviations);
}

double robust_cv(std::span<const double> values) {
  const double center = median(values);
  if (center == 0.0) return 0.0;
  return kMadToSigma * median_absolute_deviation(values) / std::abs(center);
}

double raw_cv(std::span<const double> values) {
  const double center = mean(values);
  if (center == 0.0) return 0.0;
  return standard_deviation(values) / std::abs(center);
}

double median_standard_error(std::span<const double> values) {
  return kSqrtHalfPi * kMadToSigma * median_absolute_deviation(values) /
         std::sqrt(static_cast<double>(values.size()));
}

double median_standard_error_by_deviation(std::span<const double> values) {
  return kSqrtHalfPi * standard_deviation(values) / std::sqrt(static_cast<double>(values.size()));
}

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
