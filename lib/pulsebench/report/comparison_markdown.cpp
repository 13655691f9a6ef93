#include <fmt/format.h>

#include <string>
#include <vector>

#include "pulsebench/render/markdown.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/comparison_cells.hpp"
#include "pulsebench/report/comparison_groups.hpp"
#include "pulsebench/report/comparison_headline.hpp"
#include "pulsebench/report/comparison_table.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::report {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::Verdict;

constexpr render::Style kPlainStyle{.color = false, .unicode = true, .width = 1000};

std::vector<std::string> row_of(const Judged& judged, Group::Kind kind) {
  const std::string mark = mark_of(kind, kPlainStyle).drawn(kPlainStyle) + " " + title_of(kind);
  const std::string name = render::code(judged.info.id.text());
  const std::string why = render::code(remarks_on(judged));
  if (!judged.base || !judged.candidate || judged.verdict == Verdict::not_judged) {
    return {mark, name, tier_of(judged), "", "", "", "", "", why};
  }
  return {mark,
          name,
          tier_of(judged),
          render::format_cost(*judged.base),
          render::format_cost(*judged.candidate),
          render::format_change(judged.change),
          interval_of(judged, kPlainStyle),
          render::format_chosen_percent(judged.threshold) + " %",
          why};
}

std::string table_text(const Comparison& comparison, const std::vector<Group>& groups, Rows rows) {
  const std::vector<render::Column> columns{
      {.header = "verdict"},
      {.header = "benchmark"},
      {.header = "tier"},
      {.header = render::code(comparison.base_name), .align = render::Align::right},
      {.header = render::code(comparison.candidate_name), .align = render::Align::right},
      {.header = "change", .align = render::Align::right},
      {.header = fmt::format("{:.0f} % interval", 100 * comparison.interval_level),
       .align = render::Align::right},
      {.header = "threshold", .align = render::Align::right},
      {.header = "why"}};
  std::vector<std::vector<std::string>> lines;
  for (const Group& group : groups) {
    if (!is_shown(group.kind, rows)) continue;
    for (const Judged* judged : group.members) lines.push_back(row_of(*judged, group.kind));
  }
  return lines.empty() ? "" : "\n" + render::markdown_table(columns, lines);
}

}  // namespace

std::string comparison_markdown(const Comparison& comparison, const ComparisonOptions& options) {
  const std::vector<Group> groups = groups_of(comparison);
  std::string page =
      fmt::format("## {}: {} against {}\n\n{} (exit {})\n", spoken(verdict_of(comparison)),
                  render::code(comparison.candidate_name), render::code(comparison.base_name),
                  render::code(headline(comparison)), options.exit_code);
  page += table_text(comparison, groups, options.rows);
  if (const std::string rest = left_out(groups, options.rows); !rest.empty()) {
    page += "\n" + rest + "\n";
  }
  std::string notes;
  if (comparison.normalised) notes += "- " + correction(comparison) + "\n";
  for (const std::string& line : settled_live(comparison))
    notes += "- " + render::code(line) + "\n";
  if (const std::string source = source_of_spread(comparison); !source.empty()) {
    notes += "- " + source + "\n";
  }
  if (const std::string doubt = layout_doubt(comparison); !doubt.empty()) {
    notes += "- " + doubt + "\n";
  }
  for (const compare::Reason& warning : comparison.warnings) {
    notes += "- ! " + render::code(describe_reason(warning)) + "\n";
  }
  if (comparison.seed) notes += fmt::format("- seed {}\n", *comparison.seed);
  if (!notes.empty()) page += "\n" + notes;
  if (!options.next_command.empty()) page += "\nnext: " + render::code(options.next_command) + "\n";
  return page;
}

}  // namespace pulsebench::report
