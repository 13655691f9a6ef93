#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/report/blocks.hpp"
#include "pulsebench/report/counts_cells.hpp"
#include "pulsebench/report/dashboard.hpp"
#include "pulsebench/report/dashboard_cells.hpp"
#include "pulsebench/report/dashboard_headline.hpp"
#include "pulsebench/report/dashboard_notes.hpp"
#include "pulsebench/report/floor_unit.hpp"
#include "pulsebench/report/markdown.hpp"
#include "pulsebench/report/quantity.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

/// Markdown has no width and no colour of its own.
constexpr Style kStyle{.color = false, .unicode = true, .width = 1000};
/// Of the tables that stay as they are drawn.
constexpr Style kBlockStyle{.color = false, .unicode = true, .width = 120};

std::vector<std::string> row_of(const BenchmarkResult& result, const std::optional<NsPerOp>& unit,
                                const TierDemands& demands) {
  const std::string mark = mark_of(result, kStyle).drawn(kStyle);
  const std::string name = code(result.info.id.text());
  if (!measured(result)) {
    return {name, "", mark, "", "", "", "", "", "", "", "", name_of(result.outcome.status)};
  }
  return {name,
          cost(*result.value, kStyle),
          mark,
          target_of(result, unit, kStyle).drawn(kStyle),
          interval_of(result, kStyle).drawn(kStyle),
          spread_of(result, demands).drawn(kStyle),
          result.raw_cv ? bare_percent(*result.raw_cv) : "",
          instructions_of(result).drawn(kStyle),
          allocations_of(result, kStyle).drawn(kStyle),
          instructions_per_cycle_of(result).drawn(kStyle),
          misses_of(result).drawn(kStyle),
          remarks_on(result).drawn(kStyle)};
}

std::string section_text(const Document& document, const Section& section,
                         const TierDemands& demands) {
  const bool floors = section.results.front()->info.role == Role::floor;
  const std::vector<Column> columns{
      {.header = "benchmark"},
      {.header = "value", .align = Align::right},
      {.header = ""},
      {.header = floors ? "in floors" : "target", .align = Align::right},
      {.header = interval_name(document), .align = Align::right},
      {.header = "cv %", .align = Align::right},
      {.header = "raw cv %", .align = Align::right},
      {.header = "instructions", .align = Align::right},
      {.header = "allocations", .align = Align::right},
      {.header = "ipc", .align = Align::right},
      {.header = "misses L1/LL", .align = Align::right},
      {.header = ""}};
  std::vector<std::vector<std::string>> rows;
  const auto unit = floor_unit(document);
  for (const BenchmarkResult* result : section.results) {
    rows.push_back(row_of(*result, unit, demands));
  }
  return fmt::format("\n### {}\n\n{}", section.title, markdown_table(columns, rows));
}

std::string notes_of(const Document& document, const DashboardOptions& options) {
  std::string notes;
  for (const auto& [name, why] : failures(document)) {
    notes += fmt::format("- ✗ {}: {}\n", code(name), code(why));
  }
  for (const std::string& warning : warnings(document, options.demands)) {
    notes += fmt::format("- ! {}\n", code(warning));
  }
  return notes.empty() ? "" : "\n" + notes;
}

}  // namespace

std::string dashboard_markdown(const Document& document, const DashboardOptions& options) {
  std::vector<std::string> clauses;
  for (const Text& clause : run_headline(document, options.demands)) {
    clauses.push_back(clause.drawn(kStyle));
  }
  std::string page = fmt::format("## {}\n\n{}\n", code(run_title(document)),
                                 code(fmt::format("{}", fmt::join(clauses, "; "))));
  for (const Section& section : sections_of(document)) {
    page += section_text(document, section, options.demands);
  }
  for (const std::string& block : blocks(document, kBlockStyle)) {
    page += fmt::format("\n```text\n{}```\n", block);
  }
  page += notes_of(document, options);
  page += "\n" + code(fmt::format("{}", fmt::join(facts(document), " · "))) + "\n";
  for (const std::string& line : sayings(document)) page += "\n" + code(line) + "\n";
  for (const std::string& line : not_counted(document)) page += "\n" + code(line) + "\n";
  if (!options.saved_as.empty()) page += "\nsaved as " + code(options.saved_as) + "\n";
  if (!options.next_command.empty()) page += "\nnext: " + code(options.next_command) + "\n";
  return page;
}

}  // namespace pulsebench::report
