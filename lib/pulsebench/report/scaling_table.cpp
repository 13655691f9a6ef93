#include "pulsebench/report/run_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/report/run_notes.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

constexpr std::string_view kThreads = "/threads:";

/// One benchmark at several numbers of threads.
struct Family {
  std::string name;
  std::map<int, const BenchmarkResult*> by_threads;
};

/// The part of the id before the number of threads; empty where it has none.
std::string family_name(const BenchmarkResult& result) {
  const std::string& id = result.info.id.text();
  const auto at = id.rfind(kThreads);
  return at == std::string::npos ? std::string{} : id.substr(0, at);
}

/// In the order of the document.
std::vector<Family> families_of(const Document& document) {
  std::vector<Family> families;
  for (const BenchmarkResult& result : document.benchmarks) {
    const std::string name = family_name(result);
    if (name.empty()) continue;
    auto found = std::ranges::find(families, name, &Family::name);
    if (found == families.end()) found = families.insert(families.end(), Family{name, {}});
    found->by_threads.emplace(result.info.threads, &result);
  }
  std::erase_if(families, [](const Family& family) { return family.by_threads.size() < 2; });
  return families;
}

render::Cell figure(const BenchmarkResult& result) {
  if (!measured(result)) return {render::Text{spoken(result.outcome.status), render::Tone::bad}};
  const auto mark =
      result.oversubscribed ? render::Mark::footnote : mark_of(compare::target_verdict(result));
  return {*result.value, render::Tone::plain, mark};
}

/// Of the most threads that had a CPU each; where none had, of the fewest that did not.
render::Cell evenness(const Family& family) {
  const BenchmarkResult* shown = nullptr;
  for (const auto& [threads, result] : family.by_threads) {
    if (!result->fairness) continue;
    if (shown == nullptr || !result->oversubscribed) shown = result;
  }
  if (shown == nullptr) return {};
  return render::Text{
      fmt::format("{:.2f} {:.2f}", shown->fairness->min_max_ratio, shown->fairness->jain),
      render::Tone::quiet};
}

}  // namespace

bool is_scaled(const BenchmarkResult& result, const Document& document) {
  const std::string name = family_name(result);
  if (name.empty()) return false;
  return std::ranges::count(document.benchmarks, name, family_name) > 1;
}

render::Table scaling_table(const Document& document) {
  const std::vector<Family> families = families_of(document);
  std::set<int> counts;
  bool oversubscribed = false;
  for (const Family& family : families) {
    for (const auto& [threads, result] : family.by_threads) {
      counts.insert(threads);
      oversubscribed = oversubscribed || result->oversubscribed;
    }
  }
  render::Table table{.heading = {"Contention scaling", render::Tone::strong},
                      .columns = {{.header = "benchmark", .elastic = true}}};
  for (const int threads : counts) {
    table.columns.push_back({.header = threads == 1 ? "1 thread" : std::to_string(threads),
                             .align = render::Align::right});
  }
  table.columns.push_back(
      {.header = "min/max, Jain", .align = render::Align::right, .drop = 1, .detail = true});
  render::Group group{.title = {"cost per operation and thread", render::Tone::strong}};
  for (const Family& family : families) {
    render::Row row{.cells = {render::Name{family.name}}};
    for (const int threads : counts) {
      const auto found = family.by_threads.find(threads);
      row.cells.push_back(found == family.by_threads.end() ? render::Cell{}
                                                           : figure(*found->second));
    }
    row.cells.push_back(evenness(family));
    group.rows.push_back(std::move(row));
  }
  table.groups.push_back(std::move(group));
  if (oversubscribed) table.legend.push_back({.text = "*: more threads than CPUs, never gates"});
  table.legend.push_back(
      {.text = "min/max, Jain: how evenly the threads had their turns", .detail = true});
  return table;
}

std::vector<render::Table> run_tables(const Document& document) {
  std::vector<render::Table> tables{latency_table(document), throughput_table(document),
                                    complexity_table(document), allocations_table(document),
                                    scaling_table(document)};
  std::erase_if(tables, [](const render::Table& table) { return table.groups[0].rows.empty(); });
  return tables;
}

std::string interval_name(const Document& document) {
  for (const BenchmarkResult& result : document.benchmarks) {
    if (result.interval) return fmt::format("{:.0f} % interval", 100.0 * result.interval->level);
  }
  return "";
}

}  // namespace pulsebench::report
