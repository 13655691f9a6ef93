#include "pulsebench/report/comparison_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "pulsebench/report/comparison_groups.hpp"
#include "pulsebench/report/likelihood.hpp"
#include "pulsebench/report/quantity.hpp"
#include "pulsebench/report/run_verdict.hpp"
#include "pulsebench/report/table.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::report {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::Verdict;

/// From here on the interval of a change is shown by its ends; below, by its half width.
constexpr int kWide = 96;

Tone tone_of(RunVerdict verdict) {
  switch (verdict) {
    case RunVerdict::regressed:
    case RunVerdict::failed:
      return Tone::bad;
    case RunVerdict::inconclusive:
    case RunVerdict::not_judged:
      return Tone::doubtful;
    case RunVerdict::improved:
    case RunVerdict::unchanged:
      return Tone::good;
  }
  return Tone::plain;
}

/// Whole words: "not judged".
std::string spoken(RunVerdict verdict) {
  std::string name = name_of(verdict);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

Tone tone_of(Group::Kind kind) {
  switch (kind) {
    case Group::Kind::regressed_gating:
    case Group::Kind::failed:
      return Tone::bad;
    case Group::Kind::regressed:
    case Group::Kind::inconclusive:
      return Tone::doubtful;
    case Group::Kind::improved:
    case Group::Kind::unchanged:
      return Tone::good;
    case Group::Kind::not_judged:
      return Tone::quiet;
  }
  return Tone::plain;
}

Text mark_of(Group::Kind kind, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  switch (kind) {
    case Group::Kind::regressed_gating:
    case Group::Kind::failed:
      return {std::string{glyph.missed}, tone_of(kind)};
    case Group::Kind::regressed:
      return {std::string{glyph.attention}, tone_of(kind)};
    case Group::Kind::improved:
    case Group::Kind::unchanged:
      return {std::string{glyph.met}, tone_of(kind)};
    case Group::Kind::inconclusive:
    case Group::Kind::not_judged:
      return {std::string{glyph.unsure}, tone_of(kind)};
  }
  return {};
}

Table empty_table(const Comparison& comparison, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  const auto side = [](const std::string& name) { return printable(name, 14); };
  const std::string half = fmt::format("{} %", glyph.plus_minus);
  return Table{{{.header = ""},
                {.header = "", .gap = 1, .elastic = true},
                {.header = "tier", .drop = 1},
                {.header = side(comparison.base_name), .align = Align::right},
                {.header = "", .gap = 1},
                {.header = side(comparison.candidate_name), .align = Align::right, .gap = 1},
                {.header = "change", .align = Align::right},
                {.header = style.width >= kWide ? "99 % interval" : half, .align = Align::right},
                {.header = "threshold", .align = Align::right}}};
}

std::string interval_of(const Judged& judged, const Style& style) {
  const double low = judged.change_low.value, high = judged.change_high.value;
  if (style.width < kWide) {
    return fmt::format("{:.1f}", std::max(high - judged.change.value, judged.change.value - low));
  }
  return fmt::format("{:+.1f} to {:+.1f}", low, high);
}

/// What the reader has to know beside the figures. Empty for what did not change.
std::string remarks_on(const Judged& judged) {
  if (judged.verdict == Verdict::unchanged) return "";
  std::vector<std::string> remarks;
  if (judged.verdict != Verdict::not_judged) {
    if (judged.verdict != Verdict::improved) remarks.push_back(likelihood(judged));
    remarks.push_back(count(judged.pairs, "launch", "launches") + " paired");
  }
  if (!judged.reason.empty()) remarks.push_back(printable(judged.reason, 400));
  return fmt::format("{}", fmt::join(remarks, "; "));
}

void add_row(Table& table, const Judged& judged, Group::Kind kind, const Style& style) {
  const std::string tier =
      judged.info.role == Role::floor ? "floor" : std::to_string(number_of(judged.info.tier));
  const Text name = printable(judged.info.id.text());
  const std::string remarks = remarks_on(judged);
  if (!judged.base || !judged.candidate || judged.verdict == Verdict::not_judged) {
    table.spanning_row({mark_of(kind, style), name, Text{tier, Tone::quiet}, remarks});
    return;
  }
  table.row(
      {mark_of(kind, style), name, Text{tier, Tone::quiet}, cost(*judged.base, style),
       Text{std::string{glyphs(style).arrow}, Tone::quiet}, cost(*judged.candidate, style),
       Text{change(judged.change), kind == Group::Kind::unchanged ? Tone::plain : tone_of(kind)},
       interval_of(judged, style), Text{chosen_percent(judged.threshold) + " %", Tone::quiet}});
  if (!remarks.empty()) table.spanning_row({{}, Text{remarks, Tone::quiet}});
}

bool is_shown(Group::Kind kind, Rows rows) {
  switch (kind) {
    case Group::Kind::regressed_gating:
    case Group::Kind::regressed:
    case Group::Kind::improved:
    case Group::Kind::failed:
      return true;
    case Group::Kind::inconclusive:
    case Group::Kind::not_judged:
      return rows != Rows::only_changed;
    case Group::Kind::unchanged:
      return rows == Rows::all;
  }
  return true;
}

/// "20 unchanged (--all shows them)": what was left out, in one line.
std::string left_out(const std::vector<Group>& groups, Rows rows) {
  std::vector<std::string> parts;
  for (const Group& group : groups) {
    if (is_shown(group.kind, rows)) continue;
    parts.push_back(fmt::format("{} {}", grouped(static_cast<long long>(group.members.size())),
                                title_of(group.kind)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string groups_text(const Comparison& comparison, Rows rows, const Style& style) {
  const std::vector<Group> groups = groups_of(comparison);
  Table table = empty_table(comparison, style);
  bool any = false;
  for (const Group& group : groups) {
    if (!is_shown(group.kind, rows)) continue;
    table.title({std::string{title_of(group.kind)}, tone_of(group.kind)});
    for (const Judged* judged : group.members) add_row(table, *judged, group.kind, style);
    any = true;
  }
  std::string text = any ? "\n" + table.plain(style) : "";
  if (const std::string rest = left_out(groups, rows); !rest.empty()) {
    const std::string hint = painted(" (--all shows them)", Tone::quiet, style);
    text += "\n" + rest + hint + "\n";
  }
  return text;
}

std::string reference_text(const Comparison& comparison) {
  if (!comparison.normalised) return "";
  return fmt::format(
      "the clock of the machine moved by {} between the two runs; the figures are corrected for "
      "it\n",
      change(Percent{comparison.reference_shift_percent}));
}

}  // namespace

std::string comparison_table(const Comparison& comparison, const ComparisonOptions& options,
                             const Style& style) {
  const RunVerdict verdict = verdict_of(comparison);
  const std::string why = fmt::format(": {} (exit {})", headline(comparison), options.exit_code);
  std::string screen = flowed({Text{spoken(verdict), tone_of(verdict)}.add(why)}, "", 0, style);
  screen += groups_text(comparison, options.rows, style);
  std::string notes = reference_text(comparison);
  for (const std::string& warning : comparison.warnings) {
    notes += hanging({std::string{glyphs(style).attention}, Tone::doubtful},
                     printable(warning, 400), style);
  }
  if (!options.next_command.empty()) notes += "next: " + options.next_command + "\n";
  return notes.empty() ? screen : screen + "\n" + notes;
}

}  // namespace pulsebench::report
