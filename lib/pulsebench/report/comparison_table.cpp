#include "pulsebench/report/comparison_table.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/report/comparison_cells.hpp"
#include "pulsebench/report/comparison_groups.hpp"
#include "pulsebench/report/comparison_headline.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::RunVerdict;
using compare::Verdict;

render::Tone tone_of(RunVerdict verdict) {
  switch (verdict) {
    case RunVerdict::regressed:
    case RunVerdict::missing:
    case RunVerdict::failed:
      return render::Tone::bad;
    case RunVerdict::inconclusive:
    case RunVerdict::approved:
    case RunVerdict::not_judged:
      return render::Tone::doubtful;
    case RunVerdict::improved:
    case RunVerdict::unchanged:
      return render::Tone::good;
  }
  return render::Tone::plain;
}

render::TextTable empty_table(const Comparison& comparison, const render::Style& style) {
  const render::Glyphs& glyph = render::glyphs(style);
  const auto [base, candidate] = side_names(comparison, style);
  const std::string interval = fmt::format("{:.0f} % interval", 100 * comparison.interval_level);
  const std::string half = fmt::format("{} %", glyph.plus_minus);
  return render::TextTable{
      {{.header = ""},
       {.header = "", .gap = 1, .elastic = true},
       {.header = "tier", .drop = 1},
       {.header = base, .align = render::Align::right},
       {.header = "", .gap = 1},
       {.header = candidate, .align = render::Align::right, .gap = 1},
       {.header = "change", .align = render::Align::right},
       {.header = style.width >= render::kWide ? interval : half, .align = render::Align::right},
       {.header = "threshold", .align = render::Align::right}}};
}

void add_row(render::TextTable& table, const Judged& judged, Group::Kind kind,
             const render::Style& style) {
  const std::string tier = tier_of(judged);
  const render::Text name = printable(judged.info.id.text());
  const std::string remarks = remarks_on(judged);
  if (!judged.base || !judged.candidate || judged.verdict == Verdict::not_judged) {
    table.spanning_row(
        {mark_of(kind, style), name, render::Text{tier, render::Tone::quiet}, remarks});
    return;
  }
  table.row(
      {mark_of(kind, style), name, render::Text{tier, render::Tone::quiet},
       render::format_cost(*judged.base),
       render::Text{std::string{render::glyphs(style).arrow}, render::Tone::quiet},
       render::format_cost(*judged.candidate),
       render::Text{render::format_change(judged.change),
                    kind == Group::Kind::unchanged ? render::Tone::plain : tone_of(kind)},
       interval_of(judged, style),
       render::Text{render::format_chosen_percent(judged.threshold) + " %", render::Tone::quiet}});
  if (!remarks.empty()) table.spanning_row({{}, render::Text{remarks, render::Tone::quiet}});
}

/// Which side is which, where the headers have no room for the names.
std::string legend_of(const Comparison& comparison, const render::Style& style) {
  if (side_names(comparison, style).first != "old") return "";
  return render::flowed({"old: " + printable(comparison.base_name),
                         "new: " + printable(comparison.candidate_name)},
                        ", ", 0, style) +
         "\n";
}

std::string groups_text(const Comparison& comparison, Rows rows, const render::Style& style) {
  const std::vector<Group> groups = groups_of(comparison);
  render::TextTable table = empty_table(comparison, style);
  bool any = false;
  for (const Group& group : groups) {
    if (!is_shown(group.kind, rows)) continue;
    table.title({std::string{title_of(group.kind)}, tone_of(group.kind)});
    for (const Judged* judged : group.members) add_row(table, *judged, group.kind, style);
    any = true;
  }
  std::string text = any ? "\n" + legend_of(comparison, style) + table.plain(style) : "";
  if (const std::string rest = left_out(groups, rows); !rest.empty()) {
    const std::string hint = render::painted(" (--all shows them)", render::Tone::quiet, style);
    text += "\n" + rest + hint + "\n";
  }
  return text;
}

}  // namespace

std::string comparison_table(const Comparison& comparison, const ComparisonOptions& options,
                             const render::Style& style) {
  const RunVerdict verdict = verdict_of(comparison);
  const render::Text sentence =
      render::Text{spoken(verdict), tone_of(verdict)}.add(": " + headline(comparison));
  std::string screen =
      render::flowed({sentence, fmt::format("(exit {})", options.exit_code)}, " ", 0, style);
  screen += groups_text(comparison, options.rows, style);
  std::string notes;
  if (comparison.normalised) notes = render::flowed({correction(comparison)}, "", 0, style);
  for (const std::string& line : settled_live(comparison))
    notes += render::flowed({line}, "", 0, style);
  if (const std::string source = source_of_spread(comparison); !source.empty()) {
    notes += render::flowed({render::Text{source, render::Tone::quiet}}, "", 0, style);
  }
  if (const std::string doubt = layout_doubt(comparison); !doubt.empty()) {
    notes += render::flowed({doubt}, "", 0, style);
  }
  for (const compare::Reason& warning : comparison.warnings) {
    notes += render::hanging({std::string{render::glyphs(style).attention}, render::Tone::doubtful},
                             printable(describe_reason(warning), 400), style);
  }
  if (comparison.seed) {
    notes += render::painted(fmt::format("seed {}", *comparison.seed), render::Tone::quiet, style) +
             "\n";
  }
  if (!options.next_command.empty()) notes += "next: " + options.next_command + "\n";
  return notes.empty() ? screen : screen + "\n" + notes;
}

}  // namespace pulsebench::report
