#include "pulsebench/report/history_page.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::History;
using compare::HistoryPoint;
using compare::HistorySeries;
using compare::LeftOutBecause;
using compare::LeftOutResult;
using render::Align;
using render::Mark;
using render::Tone;

constexpr std::size_t kNamesShown = 5;

/// "2 injected, 1 of another version"; empty where nothing is left out.
std::string left_out_of(const HistorySeries& series) {
  std::string text;
  const auto add = [&](int count, const char* what) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  };
  add(series.older, "older");
  add(series.injected, "with injected work");
  add(series.other_version, "of another version of the benchmark");
  add(series.not_measured, "without a measurement");
  return text.empty() ? text : "left out: " + text;
}

render::Row row_of(const HistorySeries& series) {
  const render::Text note{left_out_of(series), Tone::quiet};
  const render::Name name{series.info.id.text()};
  if (series.points.empty()) return {.cells = {name}, .note = note};
  render::Sparkline line;
  for (const HistoryPoint& point : series.points) line.values.push_back(point.cost.value);
  return {.cells = {name, series.points.front().cost,
                    render::Cell{series.points.back().cost, Tone::strong},
                    render::Change{series.change()}, std::move(line),
                    render::Count{static_cast<long long>(series.points.size())}},
          .note = note};
}

render::Table series_table(const std::vector<HistorySeries>& series, std::size_t shown) {
  render::Table table{
      .columns = {{.header = "benchmark", .elastic = true},
                  {.header = "first", .align = Align::right, .drop = 2},
                  {.header = "last", .align = Align::right},
                  {.header = "change", .align = Align::right},
                  {.header = "history"},
                  {.header = "n", .align = Align::right, .drop = 1}},
      .groups = {{}},
      .legend = {{.text = "history: oldest first; full height is the greatest cost, or 5 % above "
                          "the least"}}};
  for (std::size_t i = 0; i < shown; ++i) table.groups[0].rows.push_back(row_of(series[i]));
  return table;
}

std::string names_text(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string commit_of_point(const Git& git) {
  return git.commit.empty() ? "" : printable(git.commit.substr(0, 9)) + (git.dirty ? "+" : "");
}

/// "2026-01-01 12:30".
std::string minute_of(const std::string& rfc3339) {
  std::string text = printable(rfc3339.substr(0, 16));
  std::ranges::replace(text, 'T', ' ');
  return text;
}

render::Table points_table(const HistorySeries& series) {
  render::Table table{.columns = {{.header = "started (UTC)"},
                                  {.header = "commit"},
                                  {.header = "cost", .align = Align::right},
                                  {.header = "change", .align = Align::right},
                                  {.header = "kept as", .elastic = true}},
                      .groups = {{}},
                      .legend = {{.text = "change: from the first"}}};
  const double first = series.points.front().cost.value;
  for (const HistoryPoint& point : series.points) {
    const Percent change{first > 0.0 ? 100.0 * (point.cost.value / first - 1.0) : 0.0};
    table.groups[0].rows.push_back(
        {.cells = {
             minute_of(point.started), commit_of_point(point.git), point.cost,
             render::Change{change},
             render::Name{point.baselines.empty() ? point.run_id : names_text(point.baselines)}}});
  }
  return table;
}

/// How results of one reason are announced.
struct LeftOutLook {
  LeftOutBecause because;
  const char* one;
  const char* several;
};

constexpr std::array kLeftOutLooks{
    LeftOutLook{LeftOutBecause::other_machine, "result is of another machine",
                "results are of another machine"},
    LeftOutLook{LeftOutBecause::incomplete, "run was interrupted", "runs were interrupted"},
    LeftOutLook{LeftOutBecause::before_since, "result is older than --since",
                "results are older than --since"}};

void add_left_out(render::Page& page, const std::vector<LeftOutResult>& left_out) {
  for (const LeftOutLook& look : kLeftOutLooks) {
    std::vector<std::string> names;
    for (const LeftOutResult& result : left_out) {
      if (result.because == look.because) names.push_back(printable(result.name, 60));
    }
    if (names.empty()) continue;
    const std::size_t all = names.size();
    names.resize(std::min(all, kNamesShown));
    page.add(render::Note{
        Mark::absent,
        fmt::format("left out: {}: {}{}",
                    render::format_count(static_cast<long long>(all), look.one, look.several),
                    names_text(names), all > kNamesShown ? ", ..." : "")});
  }
  std::size_t unreadable = 0;
  for (const LeftOutResult& result : left_out) {
    if (result.because != LeftOutBecause::unreadable || ++unreadable > kNamesShown) continue;
    page.add(render::Note{Mark::missed, printable(result.detail, 400)});
  }
  if (unreadable > kNamesShown) {
    page.add(render::Note{Mark::missed,
                          fmt::format("{} more results cannot be read", unreadable - kNamesShown)});
  }
}

nlohmann::ordered_json point_json(const HistoryPoint& point) {
  const bool time = point.cost.unit == Unit::nanoseconds;
  return {{"started", point.started},     {"run_id", point.run_id},
          {"baselines", point.baselines}, {"commit", point.git.commit},
          {"dirty", point.git.dirty},     {time ? "ns_per_op" : "value", point.cost.value}};
}

nlohmann::ordered_json series_json(const HistorySeries& series) {
  auto points = nlohmann::ordered_json::array();
  for (const HistoryPoint& point : series.points) points.push_back(point_json(point));
  const bool any = !series.points.empty();
  const auto figure = [&](double value) {
    return any ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
  };
  const bool time = series.info.unit() == Unit::nanoseconds;
  return {
      {"id", series.info.id.text()},
      {"unit", name_of(series.info.unit())},
      {"tier", number_of(series.info.tier)},
      {"role", name_of(series.info.role)},
      {"version", series.info.version},
      {time ? "first_ns_per_op" : "first_value",
       figure(any ? series.points.front().cost.value : 0.0)},
      {time ? "last_ns_per_op" : "last_value", figure(any ? series.points.back().cost.value : 0.0)},
      {"change_percent", figure(any ? series.change().value : 0.0)},
      {"points", std::move(points)},
      {"left_out",
       {{"older", series.older},
        {"injected", series.injected},
        {"other_version", series.other_version},
        {"not_measured", series.not_measured}}}};
}

std::string history_json(const History& history) {
  auto benchmarks = nlohmann::ordered_json::array();
  for (const HistorySeries& series : history.series) benchmarks.push_back(series_json(series));
  auto left_out = nlohmann::ordered_json::array();
  for (const LeftOutResult& result : history.left_out) {
    left_out.push_back({{"name", result.name},
                        {"because", name_of(result.because)},
                        {"detail", printable(result.detail, render::kLongestText)}});
  }
  return json::document_text({{"schema", "pulsebench-history"},
                              {"version", 1},
                              {"results", history.results},
                              {"benchmarks", std::move(benchmarks)},
                              {"left_out", std::move(left_out)}});
}

}  // namespace

render::Page history_page(const History& history, bool all) {
  render::Page page{.title = "history", .json = [&history] { return history_json(history); }};
  const std::size_t count = history.series.size();
  const std::size_t shown = all ? count : std::min(count, kMostSeries);
  page.headline.clauses = {fmt::format(
      "{} of this machine, {}", render::format_count(history.results, "result", "results"),
      render::format_count(static_cast<long long>(count), "benchmark", "benchmarks"))};
  if (history.results == 0) page.next = {"measure one", "pulsebench run --save main"};
  if (count > 0) page.add(series_table(history.series, shown));
  if (shown < count) {
    page.add(render::Note{
        Mark::absent,
        fmt::format("{} more benchmarks changed less; --all lists them", count - shown)});
  }
  if (count == 1 && !history.series[0].points.empty()) page.add(points_table(history.series[0]));
  add_left_out(page, history.left_out);
  if (history.results > 1) {
    page.add(render::Paragraph{
        {"measured at different times: judge a change with pulsebench compare or ab"}});
  }
  return page;
}

}  // namespace pulsebench::report
