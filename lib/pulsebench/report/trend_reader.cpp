#include <cstddef>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/json/parse.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/report/trend_page.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::report {
namespace {

using json::Reader;
using trend::Series;
using trend::Trend;

constexpr std::size_t kMostKinds = 1000, kMostNights = 100'000, kMostSeries = 100'000;
constexpr double kMostCost = 1e18, kMostAnchorPercent = 1e9;
constexpr std::size_t kPointPlaces = 6;

std::string day_text(Reader& fields, const char* key) {
  std::string day = fields.text(key);
  if (!baseline::is_day(day)) fields.note(key, "must be a day such as 2026-01-31");
  return day;
}

std::optional<double> number_if_any(Reader& fields, const char* key, double low, double high) {
  const json::Value* value = fields.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return fields.real(key, low, high);
}

/// What a series is counted in: nanoseconds, unless it has a `metric`.
struct Measure {
  Unit unit = Unit::nanoseconds;
  bool is_metric = false;

  [[nodiscard]] double least() const { return unit == Unit::count ? 0.0 : json::kAboveZero; }
};

/// A figure in nanoseconds has the key `of_time`, another one `of_metric`.
Cost cost_at(Reader& fields, const char* of_time, const char* of_metric, const Measure& measure) {
  const char* const key = measure.is_metric ? of_metric : of_time;
  return Cost{fields.real(key, measure.least(), kMostCost), measure.unit};
}

/// An index below `end`.
std::size_t index_at(Reader& fields, const char* key, std::size_t end) {
  const std::uint64_t index = fields.whole(key, 0, std::numeric_limits<std::uint32_t>::max());
  if (index < end) return index;
  fields.note(key, "is beyond the points");
  return 0;
}

/// One point: [night, cost, low, high, anchor ratio, judged cost].
bool read_point(const json::Value& list, std::size_t nights, const Measure& measure,
                trend::Point& point) {
  if (!list.is_array() || list.size() != kPointPlaces || !list[0].is_number_unsigned())
    return false;
  const auto number = [&](std::size_t place) {
    const double value = list[place].is_number() ? list[place].get<double>() : -1.0;
    return value >= measure.least() && value <= kMostCost ? std::optional{value} : std::nullopt;
  };
  const auto absent_or_number = [&](std::size_t place) {
    return list[place].is_null() || number(place).has_value();
  };
  point.night = list[0].get<std::size_t>();
  if (point.night >= nights || !number(1) || !number(5)) return false;
  if (!absent_or_number(2) || !absent_or_number(3) || !absent_or_number(4)) return false;
  point.cost = Cost{*number(1), measure.unit};
  point.judged = Cost{*number(5), measure.unit};
  if (number(2) && number(3)) {
    point.range = trend::CostRange{Cost{*number(2), measure.unit}, Cost{*number(3), measure.unit}};
  }
  point.anchor_ratio = number(4);
  return true;
}

void read_points(Reader& fields, Series& series, std::size_t nights, const Measure& measure) {
  for (const json::Value& one : fields.list("points", kMostNights)) {
    trend::Point point;
    const bool good = read_point(one, nights, measure, point);
    const bool later = series.points.empty() || series.points.back().night < point.night;
    if (!good || !later) {
      return fields.note("points", "must be lists of a night, in order, and five numbers or null");
    }
    series.points.push_back(point);
  }
  if (series.points.empty()) fields.note("points", "is empty");
}

void read_accepted(Reader& fields, const Series& series, trend::Change& change) {
  const json::Value* accepted = fields.find("accepted");
  if (accepted == nullptr || accepted->is_null()) return;
  auto child = fields.child("accepted");
  change.accepted = trend::Decision{.id = series.id,
                                    .night = fields.text("first_night"),
                                    .reason = child->text("reason"),
                                    .by = child->text("by"),
                                    .on = child->text("on")};
}

void read_change(Reader& fields, Series& series, const Measure& measure) {
  const std::size_t end = series.points.size();
  trend::Change change{.first = index_at(fields, "first", end),
                       .seen = index_at(fields, "alert", end),
                       .before = cost_at(fields, "level_before_ns_per_op", "level_before", measure),
                       .after = cost_at(fields, "level_after_ns_per_op", "level_after", measure),
                       .p = fields.real("p", 0.0, 1.0),
                       .status = fields.named<trend::ChangeStatus>("status"),
                       .same_binaries = fields.flag("same_binaries"),
                       .better = series.better};
  if (change.first == 0) fields.note("first", "must not be the first point");
  read_accepted(fields, series, change);
  if (const auto count = number_if_any(fields, "commit_count", 0, 1e9)) {
    change.commits = static_cast<int>(*count);
  }
  fields.read("with", change.with, json::TextBounds{});
  series.changes.push_back(std::move(change));
}

void read_series(Reader& fields, Trend& trend) {
  const auto id = BenchmarkId::parse(fields.text("id"));
  if (!id) return fields.note("id", "is unusable: " + id.error().message);
  Series series{.id = *id,
                .tier = static_cast<Tier>(fields.small("tier", 0, int{kTierCount} - 1)),
                .too_young = fields.flag("too_young"),
                .lost = fields.flag("lost")};
  Measure measure;
  if (auto metric = fields.child("metric")) {
    measure = {.unit = metric->named<Unit>("unit"), .is_metric = true};
    series.better = metric->named<Better>("better");
  }
  read_points(fields, series, trend.nights.size(), measure);
  const std::size_t end = series.points.size();
  fields.each("epochs", kMostNights, [&](Reader& epoch) {
    series.epochs.push_back({.first = index_at(epoch, "first", end),
                             .because = epoch.text("because"),
                             .ends_alerts = epoch.flag("ends_alerts")});
  });
  fields.each("levels", kMostNights, [&](Reader& level) {
    series.levels.push_back({.first = index_at(level, "first", end),
                             .last = index_at(level, "last", end),
                             .cost = cost_at(level, "ns_per_op", "value", measure)});
  });
  fields.each("changes", kMostNights,
              [&](Reader& change) { read_change(change, series, measure); });
  if (series.levels.empty()) fields.note("levels", "is empty");
  trend.series.push_back(std::move(series));
}

void read_kind(Reader& fields, std::vector<Trend>& trends) {
  Trend trend{.machine_kind = fields.text("machine_kind"),
              .days_late = fields.small("days_late", 0, 10'000'000),
              .newest_incomplete = fields.flag("newest_incomplete"),
              .incomplete_line = fields.text("incomplete_line")};
  if (const auto anchor = number_if_any(fields, "anchor_within_percent", 0, kMostAnchorPercent)) {
    trend.anchor_within = Percent{*anchor};
  }
  fields.each("nights", kMostNights, [&](Reader& night) {
    trend.nights.push_back({.day = day_text(night, "night"),
                            .run_id = night.text("run"),
                            .commit = night.text("commit"),
                            .complete = night.flag("complete"),
                            .missing_before = night.small("missing_before", 0, 10'000'000)});
    trend.missing += trend.nights.back().missing_before;
  });
  fields.each("series", kMostSeries, [&](Reader& series) { read_series(series, trend); });
  trends.push_back(std::move(trend));
}

}  // namespace

Result<StoredTrends> read_trends(std::string_view text, std::string_view file_name) {
  // A list of points is long: see `parse_leniently`.
  PB_TRY(const json::Value parsed, json::parse_leniently(text, file_name));
  json::Problem problem;
  Reader fields{parsed, problem};
  json::check_format(fields, {.schema = kTrendSchema,
                              .version_key = "version",
                              .newest = kTrendVersion,
                              .otherwise = "the file is no trend"});
  StoredTrends stored{.trends = {}, .rule = {.fail_on = {}}};
  const json::Value* since = fields.find("since");
  if (since != nullptr && !since->is_null()) stored.rule.since = day_text(fields, "since");
  for (const auto tier : fields.wholes("fail_on", kTierCount, kTierCount - 1)) {
    stored.rule.fail_on.insert(static_cast<Tier>(tier));
  }
  fields.each("machines", kMostKinds, [&](Reader& kind) { read_kind(kind, stored.trends); });
  if (problem.noted()) return problem.in(file_name);
  return stored;
}

}  // namespace pulsebench::report
