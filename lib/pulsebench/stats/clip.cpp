#include "pulsebench/stats/clip.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"

namespace pulsebench::stats {
namespace {

/// The values under a window that moves along a series, in ascending order.
class SortedWindow {
 public:
  explicit SortedWindow(std::span<const double> first) : values_(first.begin(), first.end()) {
    std::ranges::sort(values_);
  }

  void move(double leaving, double entering) {
    values_.erase(std::ranges::lower_bound(values_, leaving));
    values_.insert(std::ranges::upper_bound(values_, entering), entering);
  }

  [[nodiscard]] double median() const {
    const std::size_t half = values_.size() / 2;
    return values_.size() % 2 == 1 ? values_[half] : (values_[half - 1] + values_[half]) / 2.0;
  }

 private:
  std::vector<double> values_;
};

}  // namespace

double sigma_of_neighbours(std::span<const double> series) {
  if (series.size() < 2) return 0.0;
  std::vector<double> steps;
  steps.reserve(series.size());
  for (std::size_t i = 1; i < series.size(); ++i) {
    steps.push_back(std::abs(series[i] - series[i - 1]));
  }
  return kMadToSigma * median(steps) / std::numbers::sqrt2;
}

std::vector<double> clip_outliers(std::span<const double> series, const ClipRule& rule) {
  assert(rule.window >= 1);
  std::vector<double> clipped(series.begin(), series.end());
  if (series.size() < 3) return clipped;
  const double reach = rule.sigmas * std::max(sigma_of_neighbours(series), rule.least_sigma);
  const std::size_t width = std::min(rule.window, series.size());
  const std::size_t last_start = series.size() - width;
  SortedWindow window{series.first(width)};
  std::size_t start = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const std::size_t wanted = std::min(i > width / 2 ? i - width / 2 : 0, last_start);
    if (start < wanted) {
      window.move(series[start], series[start + width]);
      ++start;
    }
    const double median = window.median();
    clipped[i] = std::clamp(series[i], median - reach, median + reach);
  }
  return clipped;
}

}  // namespace pulsebench::stats
