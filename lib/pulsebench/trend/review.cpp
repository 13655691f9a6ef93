#include "pulsebench/trend/review.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::trend {
namespace {

constexpr std::size_t kFewest = 3;        // points on each side, for a median that one night leaves
constexpr std::size_t kFewestStill = 14;  // as many as an epoch needs for an alert
constexpr double kLeastDrift = 1.0;       // per cent
constexpr double kGrownNoise = 1.5;
constexpr double kLeastNoise = 1.0;  // per cent

/// The points of the newest epoch, before and since a night.
struct Sides {
  std::vector<double> before, since;

  [[nodiscard]] bool enough() const { return before.size() >= kFewest && since.size() >= kFewest; }
};

/// As many points before the time as in it, so that a change of long ago is not seen again.
Sides costs_of(const Series& series, std::size_t first_night) {
  Sides sides;
  const std::size_t begin = series.epochs.empty() ? 0 : series.epochs.back().first;
  for (std::size_t i = begin; i < series.points.size(); ++i) {
    const Point& point = series.points[i];
    (point.night < first_night ? sides.before : sides.since).push_back(point.judged.value);
  }
  const std::size_t most = std::max(sides.since.size(), kFewest);
  if (sides.before.size() > most) {
    sides.before.erase(sides.before.begin(),
                       sides.before.end() - static_cast<std::ptrdiff_t>(most));
  }
  return sides;
}

/// The spreads of all points.
Sides noise_of(const Series& series, std::size_t first_night) {
  Sides noise;
  for (const Point& point : series.points) {
    if (!point.robust_cv) continue;
    (point.night < first_night ? noise.before : noise.since).push_back(point.robust_cv->value);
  }
  return noise;
}

/// Returns true where a change of the series began since that night: it is no drift.
bool has_change(const Series& series, std::size_t first_night) {
  return std::ranges::any_of(series.changes, [&](const Change& change) {
    return series.points[change.first].night >= first_night;
  });
}

void add_drift(const Series& series, std::size_t first_night, Review& review) {
  const Sides sides = costs_of(series, first_night);
  if (!sides.enough()) return;
  const Unit unit = series.points.back().cost.unit;
  const Drift drift{.id = series.id,
                    .tier = series.tier,
                    .before = Cost{stats::median(sides.before), unit},
                    .after = Cost{stats::median(sides.since), unit}};
  if (std::abs(drift.percent().value) >= kLeastDrift) review.drifts.push_back(drift);
}

void add_target(const Series& series, const std::map<std::string, Cost>& targets, Review& review) {
  const auto target = targets.find(series.id.text());
  if (target == targets.end() || series.points.empty()) return;
  review.targets.push_back({.id = series.id,
                            .tier = series.tier,
                            .cost = series.points.back().cost,
                            .target = target->second});
}

void add_noise(const Series& series, std::size_t first_night, Review& review) {
  const Sides noise = noise_of(series, first_night);
  if (!noise.enough()) return;
  const double before = stats::median(noise.before);
  const double since = stats::median(noise.since);
  if (since < kLeastNoise || since < kGrownNoise * before) return;
  review.noisier.push_back(
      {.id = series.id, .tier = series.tier, .before = Percent{before}, .after = Percent{since}});
}

}  // namespace

Review review(const Trend& trend, const std::map<std::string, Cost>& targets,
              const std::string& since) {
  Review review{.machine_kind = trend.machine_kind,
                .since = since,
                .until = trend.nights.empty() ? "" : trend.nights.back().day,
                .series = trend.series.size()};
  const auto is_before = [&](const TrendNight& night) { return night.day < since; };
  const auto first = std::ranges::find_if_not(trend.nights, is_before);
  const auto first_night = static_cast<std::size_t>(first - trend.nights.begin());
  review.nights = trend.nights.size() - first_night;
  for (auto night = first; night != trend.nights.end(); ++night) {
    review.missing += night->missing_before;
  }
  for (const Series& series : trend.series) {
    if (!has_change(series, first_night)) add_drift(series, first_night, review);
    add_target(series, targets, review);
    add_noise(series, first_night, review);
    if (series.changes.empty() && series.points.size() >= kFewestStill) {
      review.still.push_back(series.id);
    }
  }
  std::ranges::sort(review.drifts, std::ranges::greater{},
                    [](const Drift& one) { return std::abs(one.percent().value); });
  std::ranges::sort(review.targets, std::ranges::greater{},
                    [](const AgainstTarget& one) { return one.share().value; });
  std::ranges::sort(review.noisier, std::ranges::greater{},
                    [](const Noisier& one) { return one.after.value; });
  return review;
}

}  // namespace pulsebench::trend
