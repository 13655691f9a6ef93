#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/json/write.hpp"
#include "pulsebench/report/trend_page.hpp"
#include "pulsebench/report/trend_parts.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;
using trend::Series;
using trend::Trend;

constexpr int kSignificantDigits = 6;

Json point_json(const trend::Point& point) {
  const auto& range = point.range;
  return Json::array({point.night, json::rounded(point.cost.value, kSignificantDigits),
                      json::rounded_or_null(range ? std::optional{range->low.value} : std::nullopt,
                                            kSignificantDigits),
                      json::rounded_or_null(range ? std::optional{range->high.value} : std::nullopt,
                                            kSignificantDigits),
                      json::rounded_or_null(point.anchor_ratio, kSignificantDigits),
                      json::rounded(point.judged.value, kSignificantDigits)});
}

Json accepted_json(const std::optional<trend::Decision>& accepted) {
  if (!accepted) return nullptr;
  return {{"reason", accepted->reason}, {"by", accepted->by}, {"on", accepted->on}};
}

bool is_time(const Series& series) {
  return series.points.back().cost.unit == Unit::nanoseconds && series.better == Better::lower;
}

/// The key of a figure: those in nanoseconds have their unit, of others `metric` has it.
std::string key_of(const std::string& name, const Series& series) {
  return is_time(series) ? name + (name.empty() ? "ns_per_op" : "_ns_per_op")
                         : (name.empty() ? "value" : name);
}

Json change_json(const Trend& trend, const Series& series, const trend::Change& change) {
  return {{"id", alert_id(trend, series, change)},
          {"first", change.first},
          {"first_night", first_night(trend, series, change)},
          {"alert", change.seen},
          {"alert_night", trend.nights[series.points[change.seen].night].day},
          {"change_percent", json::rounded(change.percent().value, kSignificantDigits)},
          {"p", json::rounded(change.p, 3)},
          {key_of("level_before", series), json::rounded(change.before.value, kSignificantDigits)},
          {key_of("level_after", series), json::rounded(change.after.value, kSignificantDigits)},
          {"commits", {commit_before(trend, series, change), commit_after(trend, series, change)}},
          {"commit_count", change.commits ? Json(*change.commits) : Json(nullptr)},
          {"status", name_of(change.status)},
          {"accepted", accepted_json(change.accepted)},
          {"same_binaries", change.same_binaries},
          {"with", change.with}};
}

Json series_json(const Trend& trend, const Series& series) {
  Json epochs = Json::array(), levels = Json::array(), changes = Json::array(),
       points = Json::array();
  for (const trend::Epoch& epoch : series.epochs) {
    epochs.push_back({{"first", epoch.first},
                      {"first_night", trend.nights[series.points[epoch.first].night].day},
                      {"because", epoch.because},
                      {"ends_alerts", epoch.ends_alerts}});
  }
  for (const trend::Level& level : series.levels) {
    levels.push_back({{"first", level.first},
                      {"last", level.last},
                      {key_of("", series), json::rounded(level.cost.value, kSignificantDigits)}});
  }
  for (const trend::Change& change : series.changes) {
    changes.push_back(change_json(trend, series, change));
  }
  for (const trend::Point& point : series.points) points.push_back(point_json(point));
  Json object{{"id", series.id.text()},        {"tier", number_of(series.tier)},
              {"too_young", series.too_young}, {"lost", series.lost},
              {"epochs", std::move(epochs)},   {"levels", std::move(levels)},
              {"changes", std::move(changes)}, {"points", std::move(points)}};
  if (!is_time(series)) {
    object["metric"] = {{"unit", name_of(series.points.back().cost.unit)},
                        {"better", name_of(series.better)}};
  }
  return object;
}

Json kind_json(const Trend& trend) {
  Json nights = Json::array(), series = Json::array();
  for (const trend::TrendNight& night : trend.nights) {
    nights.push_back({{"night", night.day},
                      {"run", night.run_id},
                      {"commit", night.commit},
                      {"complete", night.complete},
                      {"missing_before", night.missing_before}});
  }
  for (const Series& one : trend.series) series.push_back(series_json(trend, one));
  const auto& anchor = trend.anchor_within;
  return {{"machine_kind", trend.machine_kind},
          {"days_late", trend.days_late},
          {"newest_incomplete", trend.newest_incomplete},
          {"incomplete_line", trend.incomplete_line},
          {"anchor_within_percent",
           json::rounded_or_null(anchor ? std::optional{anchor->value} : std::nullopt,
                                 kSignificantDigits)},
          {"nights", std::move(nights)},
          {"series", std::move(series)}};
}

}  // namespace

std::string trend_json(const std::vector<Trend>& trends, const trend::VerdictRule& rule) {
  const trend::Verdict verdict = trend::verdict_of(trends, rule);
  const render::Headline headline = trend_headline(trends, verdict, rule);
  std::string summary = headline.verdict + ": ";
  for (std::size_t i = 0; i < headline.clauses.size(); ++i) {
    summary += (i == 0 ? "" : "; ") + headline.clauses[i].plain();
  }
  Json kinds = Json::array(), fail_on = Json::array();
  for (const Tier tier : rule.fail_on) fail_on.push_back(number_of(tier));
  for (const Trend& one : trends) kinds.push_back(kind_json(one));
  return json::document_text({{"schema", kTrendSchema},
                              {"version", kTrendVersion},
                              {"verdict", headline.verdict},
                              {"exit_code", verdict.exit_code()},
                              {"summary", summary},
                              {"since", rule.since.empty() ? Json(nullptr) : Json(rule.since)},
                              {"fail_on", std::move(fail_on)},
                              {"machines", std::move(kinds)}});
}

}  // namespace pulsebench::report
