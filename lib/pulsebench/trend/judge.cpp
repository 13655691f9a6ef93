#include "pulsebench/trend/judge.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <span>
#include <utility>

#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/trend/anchor.hpp"
#include "pulsebench/trend/calendar.hpp"
#include "pulsebench/trend/epochs.hpp"

namespace pulsebench::trend {
namespace {

constexpr std::size_t kAnchorNights = 30;

/// One series while it is judged: `sources` are what its points were measured by.
class SeriesJudge {
 public:
  SeriesJudge(Series& series, std::span<const Source> sources, const Decisions& decisions,
              const WatchRule& rule)
      : series_(series), sources_(sources), decisions_(decisions), rule_(rule) {}

  void judge() {
    series_.epochs = epochs_of(sources_, decisions_.resets);
    for (std::size_t i = 0; i < series_.epochs.size(); ++i) {
      judge_epoch(series_.epochs[i].first, end_of_epoch(i));
    }
    for (Change& change : series_.changes) settle(change);
    const std::size_t newest = series_.points.size() - series_.epochs.back().first;
    series_.too_young = newest < rule_.least_points;
  }

  /// The drift of each point, as a share; empty where it is not known.
  [[nodiscard]] const std::vector<std::optional<double>>& drift() const { return drift_; }

 private:
  [[nodiscard]] std::size_t end_of_epoch(std::size_t epoch) const {
    return epoch + 1 == series_.epochs.size() ? series_.points.size()
                                              : series_.epochs[epoch + 1].first;
  }

  void judge_epoch(std::size_t begin, std::size_t end) {
    take_drift_out(begin, end);
    std::vector<Cost> costs;
    std::vector<double> logs;
    for (std::size_t i = begin; i < end; ++i) {
      costs.push_back(series_.points[i].judged);
      logs.push_back(std::log(judged_figure(costs.back())));
    }
    const std::vector<Alert> alerts = watch(logs, rule_);
    const std::vector<Level> levels = levels_between(costs, alerts);
    for (std::size_t i = 0; i < levels.size(); ++i) {
      series_.levels.push_back({begin + levels[i].first, begin + levels[i].last, levels[i].cost});
      if (i == 0) continue;
      series_.changes.push_back({.first = begin + alerts[i - 1].first,
                                 .seen = begin + alerts[i - 1].seen,
                                 .before = levels[i - 1].cost,
                                 .after = levels[i].cost,
                                 .p = alerts[i - 1].p,
                                 .better = series_.better});
    }
  }

  void take_drift_out(std::size_t begin, std::size_t end) {
    std::vector<AnchorCost> anchors;
    for (std::size_t i = begin; i < end; ++i) {
      const auto& ratio = series_.points[i].anchor_ratio;
      anchors.push_back({.anchor = sources_[i].night->anchor_sha256});
      if (ratio) anchors.back().log_cost = std::log(series_.points[i].cost.value / *ratio);
    }
    const auto drift = drift_of(anchors);
    for (std::size_t i = begin; i < end; ++i) {
      Point& point = series_.points[i];
      const auto& its = drift[i - begin];
      const double factor = its ? std::exp(*its) : 1.0;
      const bool moved = std::abs(factor - 1.0) > kLeastDrift;
      point.judged = moved ? Cost{point.cost.value / factor, point.cost.unit} : point.cost;
      drift_.push_back(its ? std::optional{factor - 1.0} : std::nullopt);
    }
  }

  void settle(Change& change) const {
    note_circumstances(change);
    const std::string& day = sources_[change.first].night->day;
    for (const Decision& one : decisions_.accepted) {
      if (one.id == series_.id && one.night == day) change.accepted = one;
    }
    const bool ended = std::ranges::any_of(series_.epochs, [&](const Epoch& epoch) {
      return epoch.ends_alerts && epoch.first > change.first;
    });
    const bool retired = std::ranges::any_of(decisions_.resets, [&](const Decision& reset) {
      return reset.id == series_.id && reset.night >= sources_.back().night->day;
    });
    change.status = change.accepted     ? ChangeStatus::accepted
                    : ended || retired  ? ChangeStatus::ended
                    : is_undone(change) ? ChangeStatus::undone
                                        : ChangeStatus::open;
  }

  /// Returns true if the last level of the epoch is not beyond the least change from where the
  /// level was before.
  [[nodiscard]] bool is_undone(const Change& change) const {
    const auto next_epoch = std::ranges::find_if(
        series_.epochs, [&](const Epoch& epoch) { return epoch.first > change.first; });
    const std::size_t end =
        next_epoch == series_.epochs.end() ? series_.points.size() : next_epoch->first;
    const auto last = std::ranges::find_if(
        series_.levels, [&](const Level& level) { return level.last + 1 == end; });
    if (last == series_.levels.end() || last->first == change.first) return false;
    const double grown = std::log(judged_figure(last->cost) / judged_figure(change.before));
    const double shift = change.better == Better::lower ? grown : -grown;
    return change.slower() ? shift < rule_.change.least_shift : shift > -rule_.change.least_shift;
  }

  void note_circumstances(Change& change) const {
    const Night& before = *sources_[change.first - 1].night;
    const Night& after = *sources_[change.first].night;
    change.same_binaries =
        !after.suites_sha256.empty() && before.suites_sha256 == after.suites_sha256;
    const std::size_t from = change.first >= 2 ? change.first - 2 : change.first - 1;
    const std::size_t to = std::min(change.first + 1, sources_.size() - 1);
    for (std::size_t i = from; i < to; ++i) {
      std::ranges::move(changed_facts(*sources_[i].night, *sources_[i + 1].night),
                        std::back_inserter(change.with));
    }
  }

  Series& series_;
  std::span<const Source> sources_;
  const Decisions& decisions_;
  const WatchRule& rule_;
  std::vector<std::optional<double>> drift_;
};

/// The nights, and whether they are as many as expected.
void add_nights(Trend& trend, const History& history, const std::string& today) {
  for (const Night& night : history.nights) {
    trend.nights.push_back({night.day, night.run_id, night.commit, night.complete});
  }
  const int rhythm = rhythm_of(trend.nights);
  trend.missing = note_missing(trend.nights, rhythm);
  trend.days_late = days_late(trend.nights, rhythm, today);
  trend.newest_incomplete = !trend.nights.empty() && !trend.nights.back().complete;
}

std::map<BenchmarkId, std::vector<Source>> sources_by_id(const History& history) {
  std::map<BenchmarkId, std::vector<Source>> by_id;
  for (const Night& night : history.nights) {
    if (!night.complete) continue;
    for (const NightCost& cost : night.costs) by_id[cost.id].push_back({&night, &cost});
  }
  return by_id;
}

Series series_of(const BenchmarkId& id, const std::vector<Source>& sources,
                 const History& history) {
  Series series{.id = id, .tier = sources.back().cost->tier, .better = sources.back().cost->better};
  for (const Source& source : sources) {
    series.points.push_back(
        {.night = static_cast<std::size_t>(source.night - history.nights.data()),
         .cost = source.cost->cost,
         .range = source.cost->range,
         .anchor_ratio = source.cost->anchor_ratio,
         .robust_cv = source.cost->robust_cv});
  }
  return series;
}

/// Whether the newest complete night lacks the benchmark, and no reset has retired it.
bool is_lost(const Series& series, const Trend& trend, const Decisions& decisions) {
  for (std::size_t night = series.points.back().night + 1; night < trend.nights.size(); ++night) {
    if (!trend.nights[night].complete) continue;
    return std::ranges::none_of(decisions.resets, [&](const Decision& reset) {
      return reset.id == series.id && reset.night >= trend.nights[series.points.back().night].day;
    });
  }
  return false;
}

void note_drift(Trend& trend, const Series& series,
                const std::vector<std::optional<double>>& drift) {
  for (std::size_t i = 0; i < drift.size(); ++i) {
    if (!drift[i] || series.points[i].night + kAnchorNights < trend.nights.size()) continue;
    const Percent share{100.0 * std::abs(*drift[i])};
    trend.anchor_within = std::max(trend.anchor_within.value_or(share), share);
  }
}

}  // namespace

std::vector<Level> levels_between(std::span<const Cost> costs, std::span<const Alert> alerts) {
  std::vector<Level> levels;
  if (costs.empty()) return levels;
  std::size_t from = 0;
  const auto add_until = [&](std::size_t end) {
    std::vector<double> values;
    for (const Cost cost : costs.subspan(from, end - from)) values.push_back(cost.value);
    levels.push_back({from, end - 1, Cost{stats::median(values), costs.front().unit}});
    from = end;
  };
  for (const Alert& alert : alerts) add_until(alert.first);
  add_until(costs.size());
  return levels;
}

Trend judge(const History& history, const Decisions& decisions, const std::string& today,
            const WatchRule& rule) {
  Trend trend{.incomplete_line = history.incomplete_line};
  if (!history.nights.empty()) trend.machine_kind = history.nights.back().machine_kind;
  add_nights(trend, history, today);
  for (const auto& [id, sources] : sources_by_id(history)) {
    Series series = series_of(id, sources, history);
    SeriesJudge judge{series, sources, decisions, rule};
    judge.judge();
    note_drift(trend, series, judge.drift());
    series.lost = is_lost(series, trend, decisions);
    trend.series.push_back(std::move(series));
  }
  return trend;
}

}  // namespace pulsebench::trend
