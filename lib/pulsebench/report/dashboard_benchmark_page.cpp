#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "pulsebench/json/wording.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/dashboard_parts.hpp"
#include "pulsebench/trend/judge.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::HistoryPoint;
using compare::HistorySeries;
using compare::MachineResults;
using render::Align;
using render::Tone;

constexpr std::size_t kPointsListed = 30;  // the picture has more

/// The course of a series, with the changes that the rule of `trend` finds in it.
render::Course course_with_changes(const HistorySeries& series) {
  render::Course course;
  std::vector<Cost> costs;
  std::vector<double> logs;
  for (const HistoryPoint& point : series.points) {
    course.points.push_back({.when = day_of(point.started), .cost = point.cost});
    costs.push_back(point.cost);
    logs.push_back(std::log(std::max(point.cost.value, json::kAboveZero)));
  }
  const std::vector<trend::Alert> alerts = trend::watch(logs);
  const std::vector<trend::Level> levels = trend::levels_between(costs, alerts);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    course.levels.push_back({levels[i].first, levels[i].last, levels[i].cost});
    if (i == 0) continue;
    course.changes.push_back({levels[i].first, levels[i].cost > levels[i - 1].cost});
  }
  return course;
}

render::Table course_table(const MachineResults& machine, const HistorySeries& series) {
  render::Table table{.heading = {machine_text(machine), Tone::strong},
                      .columns = {{.header = "benchmark"},
                                  {.header = "first", .align = Align::right},
                                  {.header = "newest", .align = Align::right},
                                  {.header = "change", .align = Align::right}},
                      .groups = {{}}};
  table.groups[0].rows.push_back(
      {.cells = {render::Name{series.info.id.text()}, series.points.front().cost,
                 render::Cell{series.points.back().cost, Tone::strong},
                 render::Change{series.change()}},
       .evidence = [&series] {
         return render::Evidence{.charts = {course_with_changes(series)}};
       }});
  return table;
}

render::Table points_table(const MachineResults& machine, const HistorySeries& series,
                           const FileStem& file_stem) {
  render::Table table{.heading = {"Newest results", Tone::strong},
                      .columns = {{.header = "started (UTC)"},
                                  {.header = "commit"},
                                  {.header = "cost", .align = Align::right},
                                  {.header = "since first", .align = Align::right},
                                  {.header = "kept as", .elastic = true}},
                      .groups = {{}}};
  const double first = series.points.front().cost.value;
  const std::size_t count = std::min(series.points.size(), kPointsListed);
  for (std::size_t i = 0; i < count; ++i) {
    const HistoryPoint& point = series.points[series.points.size() - 1 - i];
    const double change = first > 0.0 ? 100.0 * (point.cost.value / first - 1.0) : 0.0;
    table.groups[0].rows.push_back(
        {.cells = {render::Link{start_of_run(point.started, point.run_id),
                                "../" + run_file(machine, point.run_id, file_stem)},
                   commit_text(point.git), point.cost, render::Change{Percent{change}},
                   shown_names(point.baselines)}});
  }
  if (count < series.points.size()) {
    table.legend.push_back(
        {.text = fmt::format("{} older results are not listed", series.points.size() - count)});
  }
  return table;
}

}  // namespace

render::Page benchmark_page(const std::string& id, const std::vector<SeriesOfMachine>& found,
                            const FileStem& file_stem) {
  render::Page page{.title = render::Text{}.add_verbatim(id)};
  const HistorySeries& newest = *found.front().series;
  page.headline.clauses = {
      newest.points.empty()
          ? std::string{"never measured"}
          : fmt::format("{} in {}, {} since the first",
                        render::format_cost(newest.points.back().cost),
                        render::format_count(static_cast<long long>(newest.points.size()), "result",
                                             "results"),
                        render::format_change(newest.change()))};
  for (const auto& [machine, series] : found) {
    if (series->points.empty()) continue;
    page.add(course_table(*machine, *series));
    page.add(points_table(*machine, *series, file_stem));
  }
  return page;
}

std::string day_of(const std::string& rfc3339) { return printable(rfc3339.substr(0, 10)); }

std::string start_of_run(const std::string& rfc3339, const std::string& run_id) {
  if (rfc3339.empty()) return printable(run_id, 60);
  std::string text = printable(rfc3339.substr(0, 16));
  std::ranges::replace(text, 'T', ' ');
  return text;
}

std::string commit_text(const Git& git) {
  return git.commit.empty() ? "" : printable(git.commit.substr(0, 9)) + (git.dirty ? "+" : "");
}

std::string shown_names(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
    text += (i == 0 ? "" : ", ") + printable(names[i], 60);
  }
  return names.size() > kShown ? text + fmt::format(" and {} more", names.size() - kShown) : text;
}

std::string run_file(const MachineResults& machine, const std::string& run_id,
                     const FileStem& file_stem) {
  return "run/" + file_stem(run_id, machine.key + "\n" + run_id) + ".html";
}

std::string machine_text(const MachineResults& machine) {
  for (const auto& [name, value] : machine.runs.front().document->machine.hashed) {
    if (name == "cpu_model") return printable(value, 80) + ", machine " + printable(machine.key);
  }
  return "machine " + printable(machine.key);
}

}  // namespace pulsebench::report
