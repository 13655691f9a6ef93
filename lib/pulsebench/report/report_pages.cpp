#include "pulsebench/report/report_pages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::Document;
using render::Tone;

constexpr std::size_t kLongestFact = 400;

/// What was recorded of one side, in sections.
struct Section {
  std::string title;
  NamedFacts facts;
};

std::vector<Section> sections_of(const Document& document) {
  const Git& git = document.git;
  std::vector<Section> sections{
      {"run",
       {{"run", document.run_id},
        {"started", document.started},
        {"ended", document.ended},
        {"reason", document.reason},
        {"preset", document.preset},
        {"seed", std::to_string(document.seed)},
        {"command", fmt::format("{}", fmt::join(document.command_line, " "))},
        {"tool", document.tool_version},
        {"incomplete", document.complete ? "" : document.incomplete_because}}},
      {"git",
       {{"commit", git.commit},
        {"tree", git.dirty ? "uncommitted changes" : ""},
        {"branch", git.branch},
        {"commit date", git.commit_date},
        {"merge base", git.merge_base}}},
      {"machine: must be equal for a comparison", document.machine.hashed},
      {"machine: may differ", document.machine.shown}};
  for (const SuiteBuild& suite : document.suites) {
    Section section{"suite " + printable(suite.name), {{"sha256", suite.sha256}}};
    section.facts.insert(section.facts.end(), suite.facts.begin(), suite.facts.end());
    sections.push_back(std::move(section));
  }
  return sections;
}

std::string value_in(const std::vector<Section>& sections, const std::string& title,
                     const std::string& name) {
  for (const Section& section : sections) {
    if (section.title != title) continue;
    for (const auto& [its_name, value] : section.facts) {
      if (its_name == name) return value;
    }
  }
  return {};
}

render::Cell value_cell(const std::string& value, Tone tone = Tone::plain) {
  return render::Text{value.empty() ? "–" : printable(value, kLongestFact),
                      value.empty() ? Tone::quiet : tone};
}

/// A row for each fact that one side has; where there are two, what differs stands out.
render::Table facts_table(const Document& document, const Document* old) {
  render::Table table{.heading = {"Machine and build", Tone::strong},
                      .columns = {{.header = "fact"}}};
  if (old != nullptr) table.columns.push_back({.header = "old"});
  table.columns.push_back({.header = old == nullptr ? "value" : "new"});
  const std::vector<Section> sections = sections_of(document);
  const std::vector<Section> old_sections = old == nullptr ? sections : sections_of(*old);
  for (const Section& section : sections) {
    render::Group group{.title = {section.title, Tone::strong}};
    for (const auto& [name, value] : section.facts) {
      const std::string before = value_in(old_sections, section.title, name);
      if (value.empty() && before.empty()) continue;
      const bool compared = section.title != "run" && before != value;
      render::Row row{.cells = {render::Text{name, Tone::quiet}}};
      if (old != nullptr) row.cells.push_back(value_cell(before));
      row.cells.push_back(value_cell(value, compared ? Tone::doubtful : Tone::plain));
      group.rows.push_back(std::move(row));
    }
    if (!group.rows.empty()) table.groups.push_back(std::move(group));
  }
  return table;
}

/// Each setting and sensor of the machine: what was asked, what there was, and why there was none.
render::Table state_table(const Document& document) {
  render::Table table{.heading = {"State of the machine", Tone::strong},
                      .columns = {{.header = "setting"},
                                  {.header = "asked"},
                                  {.header = "before"},
                                  {.header = "after"},
                                  {.header = "reason"}},
                      .groups = {{}}};
  for (const StateFact& fact : document.state) {
    table.groups[0].rows.push_back({.cells = {printable(fact.name), value_cell(fact.requested),
                                              value_cell(fact.before), value_cell(fact.after)},
                                    .note = {printable(fact.reason, kLongestFact), Tone::quiet}});
  }
  return table;
}

void add_recorded(render::Page& page, const Document& document, const Document* old) {
  if (!document.state.empty()) page.add(state_table(document));
  page.add(facts_table(document, old));
}

}  // namespace

render::Page result_report(const Document& document, const RunPageOptions& options) {
  render::Page page = run_page(document, options);
  add_recorded(page, document, nullptr);
  return page;
}

render::Page comparison_report(const compare::Comparison& comparison,
                               ComparisonPageOptions options) {
  options.rows = Rows::all;
  render::Page page = comparison_page(comparison, options);
  if (options.results) {
    add_recorded(page, options.results->candidate, &options.results->base);
  }
  return page;
}

}  // namespace pulsebench::report
