#include "pulsebench/stats/change_points.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "pulsebench/stats/e_divisive.hpp"
#include "pulsebench/stats/spread.hpp"
#include "pulsebench/stats/student.hpp"

namespace pulsebench::stats {
namespace {

/// Student's t of the split of `part` whose t is greatest: between its two parts is the sum of
/// squares B, of all T of the n values, and t² = B (n - 2) / (T - B).
double greatest_t(std::span<const double> part) {
  const auto n = static_cast<double>(part.size());
  const double center = mean(part);
  double all = 0.0;
  for (const double value : part) all += (value - center) * (value - center);
  double sum = 0.0;  // of the deviations in the first part
  double between = 0.0;
  for (std::size_t i = 0; i + 1 < part.size(); ++i) {
    sum += part[i] - center;
    const auto m = static_cast<double>(i + 1);
    between = std::max(between, sum * sum * (1.0 / m + 1.0 / (n - m)));
  }
  const double within = all - between;
  return within > 0.0 ? std::sqrt(between * (n - 2.0) / within) : HUGE_VAL;
}

/// Adds the candidates between `begin` and `end`.
void split_window(std::span<const double> series, std::size_t begin, std::size_t end, double weak_p,
                  std::vector<std::size_t>& candidates) {
  // Student's tail is above the normal one: below this t no split has such a p. Most windows have
  // no change, and need no more than this. The factor is for rounding.
  const double least_t = upper_normal(weak_p / 2.0) * 0.999;
  std::vector<std::pair<std::size_t, std::size_t>> parts{{begin, end}};
  while (!parts.empty()) {
    const auto [from, to] = parts.back();
    parts.pop_back();
    const auto part = series.subspan(from, to - from);
    if (part.size() < 4 || greatest_t(part) < least_t) continue;
    const auto split = e_divisive_split(part);
    if (!split || two_sample_p(part.first(split->at), part.subspan(split->at)) >= weak_p) continue;
    const std::size_t at = from + split->at;
    candidates.push_back(at);
    parts.emplace_back(from, at);
    parts.emplace_back(at, to);
  }
}

std::vector<std::size_t> candidates_of(std::span<const double> series,
                                       const ChangePointRule& rule) {
  std::vector<std::size_t> all;
  for (std::size_t start = 0; start < series.size();) {
    std::vector<std::size_t> found;
    split_window(series, start, std::min(start + rule.window, series.size()), rule.weak_p, found);
    std::size_t next = start + rule.window / 2;
    for (const std::size_t at : found) next = std::max(next, at);
    all.insert(all.end(), found.begin(), found.end());
    start = next;
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// How a candidate separates the values between its neighbours.
struct Separation {
  double p = 1.0;
  double shift = 0.0;  ///< of the mean, without its sign
};

Separation separation_at(std::span<const double> series, const std::vector<std::size_t>& points,
                         std::size_t i) {
  const std::size_t from = i == 0 ? 0 : points[i - 1];
  const std::size_t to = i + 1 == points.size() ? series.size() : points[i + 1];
  const auto before = series.subspan(from, points[i] - from);
  const auto behind = series.subspan(points[i], to - points[i]);
  return {two_sample_p(before, behind), std::abs(mean(behind) - mean(before))};
}

}  // namespace

std::vector<std::size_t> change_points(std::span<const double> series,
                                       const ChangePointRule& rule) {
  std::vector<std::size_t> points = candidates_of(series, rule);
  while (!points.empty()) {
    std::size_t likeliest = 0, smallest = 0;
    Separation greatest_p, least_shift;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Separation one = separation_at(series, points, i);
      if (i == 0 || one.p > greatest_p.p) greatest_p = one, likeliest = i;
      if (i == 0 || one.shift < least_shift.shift) least_shift = one, smallest = i;
    }
    if (greatest_p.p >= rule.p) {
      points.erase(points.begin() + static_cast<std::ptrdiff_t>(likeliest));
    } else if (least_shift.shift < rule.least_shift) {
      points.erase(points.begin() + static_cast<std::ptrdiff_t>(smallest));
    } else {
      break;
    }
  }
  return points;
}

}  // namespace pulsebench::stats
