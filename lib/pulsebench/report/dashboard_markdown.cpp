#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/render/markdown.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/blocks.hpp"
#include "pulsebench/report/counts_cells.hpp"
#include "pulsebench/report/dashboard.hpp"
#include "pulsebench/report/dashboard_cells.hpp"
#include "pulsebench/report/dashboard_headline.hpp"
#include "pulsebench/report/dashboard_notes.hpp"
#include "pulsebench/report/floor_unit.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

/// Markdown has no width and no colour of its own.
constexpr render::Style kStyle{.color = false, .unicode = true, .width = 1000};
/// Of the tables that stay as they are drawn.
constexpr render::Style kBlockStyle{.color = false, .unicode = true, .width = 120};

std::vector<std::string> row_of(const BenchmarkResult& result, const std::optional<NsPerOp>& unit,
                                const TierDemands& demands) {
  const std::string mark = mark_of(result, kStyle).drawn(kStyle);
  const std::string name = render::code(result.info.id.text());
  if (!measured(result)) {
    return {name, "", mark, "", "", "", "", "", "", "", "", name_of(result.outcome.status)};
  }
  return {name,
          render::format_cost(*result.value),
          mark,
          target_of(result, unit, kStyle).drawn(kStyle),
          interval_of(result, kStyle).drawn(kStyle),
          spread_of(result, demands).drawn(kStyle),
          result.raw_cv ? render::format_percent(*result.raw_cv) : "",
          instructions_of(result).drawn(kStyle),
          allocations_of(result, kStyle).drawn(kStyle),
          instructions_per_cycle_of(result).drawn(kStyle),
          misses_of(result).drawn(kStyle),
          remarks_on(result).drawn(kStyle)};
}

std::string section_text(const Document& document, const Section& section,
                         const TierDemands& demands) {
  const bool floors = section.results.front()->info.role == Role::floor;
  const std::vector<render::Column> columns{
      {.header = "benchmark"},
      {.header = "value", .align = render::Align::right},
      {.header = ""},
      {.header = floors ? "in floors" : "target", .align = render::Align::right},
      {.header = interval_name(document), .align = render::Align::right},
      {.header = "cv %", .align = render::Align::right},
      {.header = "raw cv %", .align = render::Align::right},
      {.header = "instructions", .align = render::Align::right},
      {.header = "allocations", .align = render::Align::right},
      {.header = "ipc", .align = render::Align::right},
      {.header = "misses L1/LL", .align = render::Align::right},
      {.header = ""}};
  std::vector<std::vector<std::string>> rows;
  const auto unit = floor_unit(document);
  for (const BenchmarkResult* result : section.results) {
    rows.push_back(row_of(*result, unit, demands));
  }
  return fmt::format("\n### {}\n\n{}", section.title, render::markdown_table(columns, rows));
}

std::string notes_of(const Document& document, const DashboardOptions& options) {
  std::string notes;
  for (const auto& [name, why] : failures(document)) {
    notes += fmt::format("- ✗ {}: {}\n", render::code(name), render::code(why));
  }
  for (const std::string& warning : warnings(document, options.demands)) {
    notes += fmt::format("- ! {}\n", render::code(warning));
  }
  return notes.empty() ? "" : "\n" + notes;
}

}  // namespace

std::string dashboard_markdown(const Document& document, const DashboardOptions& options) {
  std::vector<std::string> clauses;
  for (const render::Text& clause : run_headline(document, options.demands)) {
    clauses.push_back(clause.drawn(kStyle));
  }
  std::string page = fmt::format("## {}\n\n{}\n", render::code(run_title(document)),
                                 render::code(fmt::format("{}", fmt::join(clauses, "; "))));
  for (const Section& section : sections_of(document)) {
    page += section_text(document, section, options.demands);
  }
  for (const std::string& block : blocks(document, kBlockStyle)) {
    page += fmt::format("\n```text\n{}```\n", block);
  }
  page += notes_of(document, options);
  page += "\n" + render::code(fmt::format("{}", fmt::join(facts(document), " · "))) + "\n";
  for (const std::string& line : labels_and_limits(document))
    page += "\n" + render::code(line) + "\n";
  for (const std::string& line : not_counted(document)) page += "\n" + render::code(line) + "\n";
  if (!options.saved_as.empty()) page += "\nsaved as " + render::code(options.saved_as) + "\n";
  if (!options.next_command.empty()) page += "\nnext: " + render::code(options.next_command) + "\n";
  return page;
}

}  // namespace pulsebench::report
