#include "pulsebench/report/dashboard_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/comparison_parts.hpp"
#include "pulsebench/report/dashboard_parts.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::report {
namespace {

using compare::HistorySeries;
using compare::MachineResults;
using compare::StoredRun;
using render::Align;
using render::Mark;
using render::Tone;

constexpr std::size_t kRunsListed = 400;  // on the index
constexpr std::size_t kSparklinePoints = 90;

/// A verdict on the index, the worst first.
struct VerdictLook {
  const char* title;
  Tone tone;
  Mark mark;
  bool (*holds)(const compare::Judged* judged);
};

template <compare::Verdict verdict>
bool is(const compare::Judged* judged) {
  return judged != nullptr && judged->verdict == verdict;
}

/// One of them holds.
constexpr std::array kVerdictLooks{
    VerdictLook{"regressed", Tone::bad, Mark::missed,
                [](const compare::Judged* one) { return one != nullptr && one->fails(); }},
    VerdictLook{"approved", Tone::doubtful, Mark::attention, is<compare::Verdict::regressed>},
    VerdictLook{"inconclusive", Tone::doubtful, Mark::unsure, is<compare::Verdict::inconclusive>},
    VerdictLook{"improved", Tone::good, Mark::met, is<compare::Verdict::improved>},
    VerdictLook{"unchanged", Tone::good, Mark::met, is<compare::Verdict::unchanged>},
    VerdictLook{"not judged", Tone::quiet, Mark::absent,
                [](const compare::Judged*) { return true; }}};

/// Writes the pages of one site.
class Site {
 public:
  Site(const std::vector<MachineResults>& machines, const std::vector<baseline::Entry>& results,
       const FileStem& file_stem)
      : machines_(machines), results_(results), file_stem_(file_stem) {}

  Result<void> write(const TakePage& take) {
    for (const MachineResults& machine : machines_) {
      for (const HistorySeries& series : machine.history.series) {
        const std::string& id = series.info.id.text();
        by_id_[id].push_back({&machine, &series});
        if (files_.count(id) == 0) files_[id] = "b/" + file_stem_(id, id) + ".html";
      }
    }
    PB_CHECK(take({"index.html", index()}));
    for (const auto& [id, found] : by_id_) {
      PB_CHECK(take({files_.at(id), benchmark_page(id, found, file_stem_)}));
    }
    for (const MachineResults& machine : machines_) {
      for (const StoredRun& run : machine.runs) {
        PB_CHECK(
            take({run_file(machine, run.document->run_id, file_stem_), run_page_of(machine, run)}));
      }
    }
    return {};
  }

 private:
  [[nodiscard]] render::Page index() const {
    render::Page page{.title = "stored results"};
    std::size_t runs = 0;
    for (const MachineResults& machine : machines_) runs += machine.runs.size();
    page.headline.clauses = {
        render::format_count(static_cast<long long>(runs), "result", "results") + " of " +
        render::format_count(static_cast<long long>(by_id_.size()), "benchmark", "benchmarks")};
    if (runs == 0) page.next = {"measure one", "pulsebench run --save main"};
    if (!machines_.empty() && machines_.front().newest) {
      const compare::Comparison& newest = *machines_.front().newest;
      const auto verdict = compare::verdict_of(newest);
      page.headline = {
          .verdict = spoken(verdict), .tone = tone_of(verdict), .clauses = {headline(newest)}};
      page.title = render::Text{"the newest result, "}
                       .add_verbatim(newest.candidate_name)
                       .add(", compared with ")
                       .add_verbatim(newest.base_name);
    }
    std::size_t unreadable = 0;
    for (const baseline::Entry& entry : results_) unreadable += entry.envelope ? 0 : 1;
    if (unreadable > 0) {
      page.add(
          render::Note{Mark::attention, render::format_count(static_cast<long long>(unreadable),
                                                             "stored result", "stored results") +
                                            " cannot be read; pulsebench history says why"});
    }
    for (const MachineResults& machine : machines_) {
      page.add(benchmarks_table(machine));
      page.add(runs_table(machine));
    }
    return page;
  }

  [[nodiscard]] render::Table benchmarks_table(const MachineResults& machine) const {
    std::map<std::string, const compare::Judged*> judged;
    if (machine.newest) {
      for (const compare::Judged& one : machine.newest->benchmarks)
        judged[one.info.id.text()] = &one;
    }
    render::Table table{.heading = {"Benchmarks: " + machine_text(machine), Tone::strong},
                        .columns = {{.header = "benchmark", .elastic = true},
                                    {.header = "newest", .align = Align::right},
                                    {.header = "since first", .align = Align::right},
                                    {.header = "history"},
                                    {.header = "results", .align = Align::right, .drop = 1}},
                        .groups_are = "verdict",
                        .legend = {{.text = "history: oldest first, 5 % high at least"}}};
    for (const VerdictLook& look : kVerdictLooks)
      table.groups.push_back({.title = {look.title, look.tone}});
    for (const HistorySeries& series : machine.history.series) {
      const std::string& id = series.info.id.text();
      const auto found = judged.find(id);
      const auto* const its = found == judged.end() ? nullptr : found->second;
      const auto look = std::ranges::find_if(
          kVerdictLooks, [its](const VerdictLook& one) { return one.holds(its); });
      render::Row row{.cells = {{render::Link{id, files_.at(id)}, Tone::plain, look->mark}}};
      if (series.points.empty()) {
        row.note = {"never measured", Tone::quiet};
      } else {
        row.cells.emplace_back(series.points.back().cost, Tone::strong);
        row.cells.emplace_back(render::Change{series.change()});
        row.cells.emplace_back(sparkline_of(series));
        row.cells.emplace_back(render::Count{static_cast<long long>(series.points.size())});
      }
      table.groups[static_cast<std::size_t>(look - kVerdictLooks.begin())].rows.push_back(
          std::move(row));
    }
    std::erase_if(table.groups, [](const render::Group& group) { return group.rows.empty(); });
    return table;
  }

  [[nodiscard]] static render::Sparkline sparkline_of(const HistorySeries& series) {
    render::Sparkline line;
    const std::size_t count = std::min(series.points.size(), kSparklinePoints);
    for (std::size_t i = series.points.size() - count; i < series.points.size(); ++i) {
      line.values.push_back(series.points[i].cost.value);
    }
    return line;
  }

  [[nodiscard]] render::Table runs_table(const MachineResults& machine) const {
    render::Table table{.heading = {"Results: " + machine_text(machine), Tone::strong},
                        .columns = {{.header = "started (UTC)"},
                                    {.header = "commit"},
                                    {.header = "benchmarks", .align = Align::right},
                                    {.header = "kept as", .elastic = true}},
                        .groups = {{}}};
    for (std::size_t i = 0; i < std::min(machine.runs.size(), kRunsListed); ++i) {
      const auto& [document, baselines] = machine.runs[i];
      render::Row row{
          .cells = {render::Link{start_of_run(document->started, document->run_id),
                                 run_file(machine, document->run_id, file_stem_)},
                    commit_text(document->git),
                    render::Count{static_cast<long long>(document->benchmarks.size())},
                    baselines.empty() ? render::Cell{} : render::Cell{shown_names(baselines)}}};
      if (!document->complete) {
        row.cells.pop_back();
        row.note = {"interrupted", Tone::doubtful};
      }
      table.groups[0].rows.push_back(std::move(row));
    }
    if (machine.runs.size() > kRunsListed) {
      table.legend.push_back({.text = fmt::format("{} older results are not listed",
                                                  machine.runs.size() - kRunsListed)});
    }
    return table;
  }

  [[nodiscard]] render::Page run_page_of(const MachineResults& machine,
                                         const StoredRun& run) const {
    const baseline::Document& document = *run.document;
    const std::string name = run.baselines.empty() ? document.run_id : run.baselines.front();
    render::Page page{.title = render::Text{"result "}.add_verbatim(name)};
    page.headline.clauses = {
        fmt::format("{} of {}",
                    render::format_count(static_cast<long long>(document.benchmarks.size()),
                                         "benchmark", "benchmarks"),
                    start_of_run(document.started, document.run_id))};
    if (!document.complete) {
      page.add(render::Note{Mark::attention,
                            "interrupted: " + printable(document.incomplete_because, 300)});
    }
    page.add(render::Paragraph{{machine_text(machine), "commit " + commit_text(document.git),
                                "preset " + printable(document.preset),
                                "pulsebench " + printable(document.tool_version)}});
    page.add(values_table(document));
    if (!run.baselines.empty()) {
      page.next = {"everything about it",
                   "pulsebench report " + printable(name) + " -o report.html"};
    }
    return page;
  }

  [[nodiscard]] render::Table values_table(const baseline::Document& document) const {
    render::Table table{.heading = {"Costs", Tone::strong},
                        .columns = {{.header = "benchmark", .elastic = true},
                                    {.header = "cost", .align = Align::right},
                                    {.header = "noise %", .align = Align::right}},
                        .groups = {{}}};
    for (const baseline::BenchmarkResult& result : document.benchmarks) {
      const std::string& id = result.info.id.text();
      const auto file = files_.find(id);
      render::Row row{.cells = {file == files_.end()
                                    ? render::Cell{render::Name{id}}
                                    : render::Cell{render::Link{id, "../" + file->second}}}};
      if (result.value) {
        row.cells.emplace_back(*result.value);
        row.cells.push_back(result.robust_cv ? render::Cell{*result.robust_cv} : render::Cell{});
      } else {
        row.note = {spoken(result.outcome.status), Tone::bad};
      }
      table.groups[0].rows.push_back(std::move(row));
    }
    return table;
  }

  const std::vector<MachineResults>& machines_;
  const std::vector<baseline::Entry>& results_;
  const FileStem& file_stem_;
  std::map<std::string, std::vector<SeriesOfMachine>> by_id_;
  std::map<std::string, std::string> files_;  ///< of the pages of benchmarks, by id
};

}  // namespace

Result<void> dashboard_pages(const std::vector<MachineResults>& machines,
                             const std::vector<baseline::Entry>& results, const FileStem& file_stem,
                             const TakePage& take) {
  return Site{machines, results, file_stem}.write(take);
}

}  // namespace pulsebench::report
