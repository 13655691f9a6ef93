#include "pulsebench/report/scaling_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/report/dashboard_notes.hpp"
#include "pulsebench/vocabulary/printable.hpp"

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
    auto found = std::find_if(families.begin(), families.end(),
                              [&](const Family& family) { return family.name == name; });
    if (found == families.end()) found = families.insert(families.end(), Family{name, {}});
    found->by_threads.emplace(result.info.threads, &result);
  }
  std::erase_if(families, [](const Family& family) { return family.by_threads.size() < 2; });
  return families;
}

render::Text figure(const BenchmarkResult& result, const render::Style& style) {
  if (!measured(result)) return {name_of(result.outcome.status), render::Tone::bad};
  render::Text text{render::format_cost(*result.value)};
  if (result.oversubscribed) return text.add(" *", render::Tone::quiet);
  switch (compare::target_verdict(result)) {
    case compare::TargetVerdict::met:
      return text.add(fmt::format(" {}", render::glyphs(style).met), render::Tone::good);
    case compare::TargetVerdict::missed:
      return text.add(fmt::format(" {}", render::glyphs(style).missed), render::Tone::bad);
    case compare::TargetVerdict::cannot_tell:
      return text.add(fmt::format(" {}", render::glyphs(style).unsure), render::Tone::doubtful);
    case compare::TargetVerdict::no_target:
    case compare::TargetVerdict::not_measured:
      return text.add("  ");
  }
  return text;
}

/// Of the most threads that had a CPU each; where none had, of the fewest that did not.
render::Text evenness(const Family& family) {
  const BenchmarkResult* shown = nullptr;
  for (const auto& [threads, result] : family.by_threads) {
    if (!result->fairness) continue;
    if (shown == nullptr || !result->oversubscribed) shown = result;
  }
  if (shown == nullptr) return {};
  return {fmt::format("{:.2f} {:.2f}", shown->fairness->min_max_ratio, shown->fairness->jain),
          render::Tone::quiet};
}

}  // namespace

bool is_scaled(const BenchmarkResult& result, const Document& document) {
  const std::string name = family_name(result);
  if (name.empty()) return false;
  return std::count_if(document.benchmarks.begin(), document.benchmarks.end(),
                       [&](const BenchmarkResult& other) { return family_name(other) == name; }) >
         1;
}

std::string scaling_table(const Document& document, const render::Style& style) {
  const std::vector<Family> families = families_of(document);
  if (families.empty()) return "";
  std::set<int> counts;
  bool oversubscribed = false;
  for (const Family& family : families) {
    for (const auto& [threads, result] : family.by_threads) {
      counts.insert(threads);
      oversubscribed = oversubscribed || result->oversubscribed;
    }
  }
  std::vector<render::Column> columns{{.header = "", .elastic = true}};
  for (const int threads : counts) {
    columns.push_back({.header = threads == 1 ? "1 thread" : std::to_string(threads),
                       .align = render::Align::right});
  }
  columns.push_back({.header = "min/max, Jain", .align = render::Align::right, .drop = 1});
  render::TextTable table{std::move(columns)};
  table.rule();
  table.title({"ns per operation and thread", render::Tone::strong});
  for (const Family& family : families) {
    const bool last = &family == &families.back();
    render::Text name{
        std::string{last ? render::glyphs(style).last_branch : render::glyphs(style).branch},
        render::Tone::quiet};
    std::vector<render::Text> cells{name.add(printable(family.name))};
    for (const int threads : counts) {
      const auto found = family.by_threads.find(threads);
      cells.push_back(found == family.by_threads.end() ? render::Text{}
                                                       : figure(*found->second, style));
    }
    cells.push_back(evenness(family));
    table.row(std::move(cells));
  }
  std::vector<render::Text> legend;
  if (oversubscribed) {
    legend.emplace_back("*: more threads than CPUs, never gates", render::Tone::quiet);
  }
  legend.emplace_back("min/max, Jain: how evenly threads with a CPU each had their turns",
                      render::Tone::quiet);
  return table.boxed({"Contention scaling", render::Tone::strong}, style) +
         render::listed(legend, 0, style);
}

}  // namespace pulsebench::report
