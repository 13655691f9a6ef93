#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "deviates.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/trend/watch.hpp"

// Series of a year without a change, and series with +6 % in some night, in worlds of noise. The
// variable SERIES says how many of each a cell has; docs/methodology.md has the table of 400.

using namespace pulsebench;
using namespace pulsebench::trend;

namespace {

constexpr std::size_t kYear = 365;
constexpr double kMostFalseAlarms = 0.1;  // a series and year
constexpr double kLeastFound = 0.95;      // of +6 %, within kPatience nights
constexpr std::size_t kPatience = 14;

int series_a_cell() {
  const char* const asked = std::getenv("SERIES");
  return asked == nullptr ? 60 : std::atoi(asked);
}

class Random : public Deviates {
 public:
  using Deviates::Deviates;

  /// Student's t with 3 degrees of freedom, scaled to the quartiles of the normal distribution:
  /// 0.7649 against 0.6745.
  double student3() {
    double squares = 0.0;
    for (int i = 0; i < 3; ++i) squares += std::pow(normal(), 2);
    return normal() / std::sqrt(squares / 3.0) * (0.6745 / 0.7649);
  }
};

struct World {
  const char* name;
  std::vector<double> sigmas;  ///< relative
  std::function<std::vector<double>(Random&, double sigma, std::size_t nights)> logs;
};

template <class Deviate>
auto independent(Deviate deviate) {
  return [deviate](Random& random, double sigma, std::size_t nights) {
    std::vector<double> logs;
    for (std::size_t i = 0; i < nights; ++i) logs.push_back(deviate(random, sigma));
    return logs;
  };
}

std::vector<double> correlated(Random& random, double sigma, std::size_t nights) {
  std::vector<double> logs;
  double deviate = random.normal();
  for (std::size_t i = 0; i < nights; ++i) {
    deviate = 0.5 * deviate + std::sqrt(0.75) * random.normal();
    logs.push_back(sigma * deviate);
  }
  return logs;
}

double with_outliers(Random& random, double sigma) {
  const double noise = sigma * random.normal();
  return random.uniform() < 0.05 ? noise + 0.05 + 0.25 * random.uniform() : noise;
}

const std::vector<World> kWorlds{
    {"Gauss", {0.005, 0.01, 0.02}, independent([](Random& random, double sigma) {
       return sigma * random.normal();
     })},
    {"Student t3", {0.005, 0.01, 0.02}, independent([](Random& random, double sigma) {
       return sigma * random.student3();
     })},
    {"outlier nights", {0.005, 0.01, 0.02}, independent(with_outliers)},
    {"AR(1) 0.5", {0.005, 0.01}, correlated}};

const World& outlier_world() { return kWorlds[2]; }

struct Reached {
  double false_alarms = 0.0;  ///< a series and year
  double found = 0.0;         ///< share of the steps, within kPatience nights
  double median_delay = 0.0, p90_delay = 0.0;
};

/// Nights from the step to its alert; `kYear` where there is none.
double delay_of(const std::vector<Alert>& alerts, std::size_t step) {
  for (const Alert& alert : alerts) {
    const auto distance = std::abs(static_cast<double>(alert.first) - static_cast<double>(step));
    if (alert.seen >= step && distance <= 10) return static_cast<double>(alert.seen + 1 - step);
  }
  return kYear;
}

Reached simulate(const World& world, double sigma, const WatchRule& rule = {}) {
  Random random{42};
  const int series = series_a_cell();
  std::size_t false_alarms = 0;
  int found = 0;
  std::vector<double> delays;
  for (int i = 0; i < series; ++i) {
    false_alarms += watch(world.logs(random, sigma, kYear), rule).size();
    std::vector<double> logs = world.logs(random, sigma, 160);
    const std::size_t step = 60 + random.below(60);
    for (std::size_t night = step; night < logs.size(); ++night) logs[night] += std::log(1.06);
    delays.push_back(delay_of(watch(logs, rule), step));
    found += delays.back() <= kPatience ? 1 : 0;
  }
  const std::vector<double> ascending = stats::sorted(delays);
  return {static_cast<double>(false_alarms) / series, static_cast<double>(found) / series,
          stats::quantile(ascending, 0.5), stats::quantile(ascending, 0.9)};
}

/// The clip whose window is cut at the ends of the series, otherwise as `stats::clip_outliers`.
std::vector<double> clip_with_cut_ends(std::span<const double> series,
                                       const stats::ClipRule& rule) {
  std::vector<double> clipped(series.begin(), series.end());
  const double reach = rule.sigmas * std::max(stats::sigma_of_neighbours(series), rule.least_sigma);
  const std::size_t half = rule.window / 2;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const std::size_t from = i > half ? i - half : 0;
    const std::size_t to = std::min(i + half + 1, series.size());
    const double median = stats::median(series.subspan(from, to - from));
    clipped[i] = std::clamp(series[i], median - reach, median + reach);
  }
  return clipped;
}

}  // namespace

TEST_CASE("in four worlds of noise false alarms are rare, and +6 % is found within 14 nights") {
  std::printf("%d series a cell\n%-16s %5s  %12s  %9s  %6s  %4s\n", series_a_cell(), "noise",
              "sigma", "false alarms", "found +6%", "median", "90%");
  for (const World& world : kWorlds) {
    for (const double sigma : world.sigmas) {
      CAPTURE(world.name);
      CAPTURE(sigma);
      const Reached reached = simulate(world, sigma);
      std::printf("%-16s %4.1f%%  %12.3f  %8.1f%%  %6.0f  %4.0f\n", world.name, 100 * sigma,
                  reached.false_alarms, 100 * reached.found, reached.median_delay,
                  reached.p90_delay);
      CHECK(reached.false_alarms <= kMostFalseAlarms);
      CHECK(reached.found >= kLeastFound);
    }
  }
}

TEST_CASE("a clip whose window is cut at the ends raises too many alarms in outlier nights") {
  for (const double sigma : outlier_world().sigmas) {
    CAPTURE(sigma);
    const Reached cut = simulate(outlier_world(), sigma, {.clip_series = clip_with_cut_ends});
    std::printf("%-16s %4.1f%%  %12.3f  (window cut at the ends)\n", outlier_world().name,
                100 * sigma, cut.false_alarms);
    CHECK(cut.false_alarms > kMostFalseAlarms);
  }
}
