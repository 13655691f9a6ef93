#include "pulsebench/trend/watch.hpp"

#include <algorithm>
#include <optional>
#include <ranges>

#include "pulsebench/stats/student.hpp"

namespace pulsebench::trend {
namespace {

/// The newest change in `logs` that is old enough for an alert, as a look at its end sees it.
std::optional<Alert> newest_change(std::span<const double> logs, const WatchRule& rule) {
  const std::vector<double> clipped = rule.clip_series(logs, rule.clip);
  const std::vector<std::size_t> points = stats::change_points(clipped, rule.change);
  for (std::size_t i = points.size(); i-- > 0;) {
    const std::size_t at = points[i];
    if (logs.size() - at < rule.after_points) continue;
    const std::size_t from = i == 0 ? 0 : points[i - 1];
    const std::size_t to = i + 1 == points.size() ? logs.size() : points[i + 1];
    const auto series = std::span{clipped};
    return Alert{
        .first = at,
        .seen = logs.size() - 1,
        .p = stats::two_sample_p(series.subspan(from, at - from), series.subspan(at, to - at))};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Alert> watch(std::span<const double> logs, const WatchRule& rule) {
  constexpr std::size_t kSamePlace = 3;  // the first point of a level is found to within that
  std::vector<Alert> alerts;
  std::size_t level_start = 0;
  for (std::size_t size = rule.least_points; size <= logs.size(); ++size) {
    const std::size_t from = std::max(level_start, size > rule.memory ? size - rule.memory : 0);
    if (size - from < rule.least_level) continue;
    auto found = newest_change(logs.subspan(from, size - from), rule);
    if (!found) continue;
    found->first += from;
    found->seen += from;
    const bool known = !alerts.empty() && found->first - alerts.back().first <= kSamePlace;
    if (known) continue;
    alerts.push_back(*found);
    level_start = found->first;
  }
  return alerts;
}

}  // namespace pulsebench::trend
