#include "pulsebench/report/comparison_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/report/cases.hpp"
#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/report/comparison_parts.hpp"
#include "pulsebench/report/explanation_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::RunVerdict;
using compare::Verdict;
using render::Mark;
using render::Tone;

/// A kind of result that a comparison shows under one title.
struct GroupKind {
  const char* title;
  Tone tone;
  Mark mark;
  bool changed;    ///< shown with `--only-changed`
  bool unchanged;  ///< shown with `--all` alone
  bool (*holds)(const Judged& judged);
};

/// Worst first; one of them holds. `failed` has no measurement on the new side.
constexpr std::array kKinds{
    GroupKind{"regressed", Tone::bad, Mark::missed, true, false,
              [](const Judged& one) { return one.fails() && one.gates; }},
    GroupKind{"regressed, not gating", Tone::doubtful, Mark::attention, true, false,
              [](const Judged& one) { return one.fails() && !one.gates; }},
    GroupKind{"regressed, approved", Tone::doubtful, Mark::attention, true, false,
              [](const Judged& one) { return one.verdict == Verdict::regressed && one.approved; }},
    GroupKind{"failed", Tone::bad, Mark::missed, true, false,
              [](const Judged& one) { return one.verdict == Verdict::not_judged && one.failed; }},
    GroupKind{"inconclusive", Tone::doubtful, Mark::unsure, false, false,
              [](const Judged& one) { return one.verdict == Verdict::inconclusive; }},
    GroupKind{"improved, unconfirmed", Tone::doubtful, Mark::unsure, true, false,
              [](const Judged& one) { return one.improved_in_store_alone(); }},
    GroupKind{"improved", Tone::good, Mark::met, true, false,
              [](const Judged& one) { return one.verdict == Verdict::improved && one.live; }},
    GroupKind{"skipped", Tone::quiet, Mark::unsure, false, false,
              [](const Judged& one) { return one.skipped(); }},
    GroupKind{"not judged", Tone::quiet, Mark::unsure, false, false,
              [](const Judged& one) {
                return one.verdict == Verdict::not_judged && !one.failed && !one.skipped() &&
                       !one.has(compare::ReasonCode::same_code);
              }},
    GroupKind{"same code, not measured", Tone::quiet, Mark::met, false, true,
              [](const Judged& one) { return one.has(compare::ReasonCode::same_code); }},
    GroupKind{"unchanged", Tone::good, Mark::met, false, true,
              [](const Judged& one) { return one.verdict == Verdict::unchanged; }}};

struct Group {
  const GroupKind* kind;
  std::vector<const Judged*> members;  ///< in the comparison's order; never empty
};

/// The groups that have members, worst first; they point into `comparison`.
std::vector<Group> groups_of(const Comparison& comparison) {
  std::vector<Group> groups;
  for (const GroupKind& kind : kKinds) {
    Group group{&kind, {}};
    for (const Judged& judged : comparison.benchmarks) {
      if (kind.holds(judged)) group.members.push_back(&judged);
    }
    if (!group.members.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

/// What heads the columns of the two sides: their names where they fit, else "old" and "new".
std::pair<std::string, std::string> side_names(const Comparison& comparison) {
  constexpr int kFits = 12;
  std::string base = printable(comparison.base_name);
  std::string candidate = printable(comparison.candidate_name);
  if (comparison.rivals) return {"rival", "this"};
  const bool fits =
      render::display_width(base) <= kFits && render::display_width(candidate) <= kFits;
  if (!fits || base.empty() || candidate.empty() || base == candidate) return {"old", "new"};
  return {base, candidate};
}

bool is_shown(const GroupKind& kind, Rows rows) {
  if (rows == Rows::only_changed) return kind.changed;
  return rows == Rows::all || !kind.unchanged;
}

/// The results of both sides by their ids, for the evidence of each row.
class ResultsById {
 public:
  explicit ResultsById(const std::optional<ComparedResults>& results) {
    if (!results) return;
    for (const auto& one : results->base.benchmarks) base_[one.info.id.text()] = &one;
    for (const auto& one : results->candidate.benchmarks) candidate_[one.info.id.text()] = &one;
  }

  [[nodiscard]] std::function<render::Evidence()> evidence_for(const Judged& judged,
                                                               double interval_level) const {
    return [&judged, interval_level, base = find(base_, judged), now = find(candidate_, judged)] {
      return evidence_of(judged, interval_level, base, now);
    };
  }

 private:
  using Side = std::unordered_map<std::string_view, const baseline::BenchmarkResult*>;

  [[nodiscard]] static const baseline::BenchmarkResult* find(const Side& side,
                                                             const Judged& judged) {
    auto found = side.find(judged.info.id.text());
    if (found == side.end()) found = side.find(judged.base_id);
    return found == side.end() ? nullptr : found->second;
  }

  Side base_, candidate_;
};

render::Row row_of(const Judged& judged, const GroupKind& kind) {
  const bool floor = judged.info.role == Role::floor;
  const render::Cell name{render::Name{judged.info.id.text()}, Tone::plain, kind.mark};
  render::Cell tier;
  if (floor || judged.info.tier_declared) {
    tier = {render::TierOrFloor{floor ? std::nullopt : std::optional{judged.info.tier}},
            Tone::quiet};
  }
  render::Row row{.cells = {name, tier}, .note = remarks_on(judged), .detail = details_on(judged)};
  const bool judged_or_shown = judged.verdict != Verdict::not_judged || judged.shown_only();
  if (!judged.base || !judged.candidate || !judged_or_shown) return row;
  const compare::ShownChange shown = compare::shown_change(judged);
  if (judged.shown_only()) {
    row.cells.insert(row.cells.end(),
                     {*judged.base, *judged.candidate, render::Change{shown.change}});
    return row;
  }
  const Tone tone = kind.unchanged ? Tone::plain : kind.tone;
  for (render::Cell& cell : std::vector<render::Cell>{
           *judged.base,
           *judged.candidate,
           {render::Change{shown.change}, tone},
           render::ChangeInterval{
               shown.low, shown.high, shown.change,
               compare::change_of_figure(judged.threshold, judged.info.better())},
           {render::Limit{judged.threshold}, Tone::quiet}}) {
    row.cells.push_back(std::move(cell));
  }
  return row;
}

/// Returns true where a reader who divides the two costs does not get the change that is shown.
bool is_other_ratio(const Judged& judged) {
  constexpr double kShown = 0.1;  // per cent
  if (judged.verdict == Verdict::not_judged || !judged.base || !judged.candidate) return false;
  const double ratio = 100.0 * (judged.candidate->value / judged.base->value - 1.0);
  return std::abs(ratio - compare::shown_change(judged).change.value) > kShown;
}

render::Table table_of(const Comparison& comparison, const std::vector<Group>& groups,
                       const ComparisonPageOptions& options) {
  using render::Align;
  const auto [base, candidate] = side_names(comparison);
  const std::string interval = fmt::format("{:.0f} % interval", 100 * comparison.interval_level);
  render::Table table{.columns = {{.header = "benchmark", .elastic = true},
                                  {.header = "tier", .drop = 1},
                                  {.header = base, .align = Align::right},
                                  {.header = candidate, .align = Align::right},
                                  {.header = "change", .align = Align::right},
                                  {.header = interval, .align = Align::right, .narrow = "± %"},
                                  {.header = "threshold", .align = Align::right}},
                      .groups_are = "verdict"};
  bool other_ratio = false;
  const ResultsById results{options.results};
  for (const Group& group : groups) {
    if (!is_shown(*group.kind, options.rows)) continue;
    render::Group shown{.title = {group.kind->title, group.kind->tone}};
    for (const Judged* judged : group.members) {
      shown.rows.push_back(row_of(*judged, *group.kind));
      shown.rows.back().evidence = results.evidence_for(*judged, comparison.interval_level);
      other_ratio = other_ratio || is_other_ratio(*judged);
    }
    table.groups.push_back(std::move(shown));
  }
  if (other_ratio) {
    table.legend = {
        {.text = "change: the median of paired ratios, not the ratio of the two costs"}};
  }
  return table;
}

/// "old: main (commit 1a2b3c4d5e6f)", and the new side: where the columns do not name them, or it
/// is known which builds or runs they are.
render::Paragraph about_sides(const Comparison& comparison, bool unnamed) {
  const std::string& before = comparison.base_origin;
  const std::string& now = comparison.candidate_origin;
  if (comparison.rivals || (!unnamed && before.empty() && now.empty())) return {};
  const auto line = [](const char* side, const std::string& name, const std::string& origin) {
    render::Text text{side};
    text.add(name);
    if (!origin.empty()) text.add(" (" + origin + ")", Tone::quiet);
    return text;
  };
  return {
      {line("old: ", comparison.base_name, before), line("new: ", comparison.candidate_name, now)}};
}

/// "2 unchanged (--all shows them)": what `rows` leaves out.
render::Paragraph left_out(const std::vector<Group>& groups, Rows rows) {
  std::vector<std::string> parts;
  for (const Group& group : groups) {
    if (is_shown(*group.kind, rows)) continue;
    parts.push_back(fmt::format("{} {}",
                                render::format_count(static_cast<long long>(group.members.size())),
                                group.kind->title));
  }
  if (parts.empty()) return {};
  return {{render::Text{fmt::format("{}", fmt::join(parts, ", "))}.add(" (--all shows them)",
                                                                       Tone::quiet)}};
}

render::Text title_of(const Comparison& comparison) {
  if (comparison.rivals) return render::Text{"rivals in "}.add_verbatim(comparison.base_name);
  return render::Text{}
      .add_verbatim(comparison.candidate_name)
      .add(" compared with ")
      .add_verbatim(comparison.base_name);
}

}  // namespace

render::Tone tone_of(RunVerdict verdict) {
  switch (verdict) {
    case RunVerdict::regressed:
    case RunVerdict::missing:
    case RunVerdict::failed:
      return Tone::bad;
    case RunVerdict::inconclusive:
    case RunVerdict::approved:
    case RunVerdict::unconfirmed:
    case RunVerdict::not_judged:
      return Tone::doubtful;
    case RunVerdict::improved:
    case RunVerdict::unchanged:
      return Tone::good;
  }
  return Tone::plain;
}

render::Page comparison_page(const Comparison& comparison, const ComparisonPageOptions& options) {
  const RunVerdict verdict = compare::verdict_of(comparison);
  render::Page page{
      .title = title_of(comparison),
      .headline = {spoken(verdict), tone_of(verdict), {headline(comparison)}, options.exit_code},
      .next = options.next,
      .json = [&comparison, code = options.exit_code] { return comparison_json(comparison, code); },
      .cases = [&comparison] { return cases_of(comparison); }};
  const std::vector<Group> groups = groups_of(comparison);
  if (render::Table table = table_of(comparison, groups, options); !table.groups.empty()) {
    page.add(about_sides(comparison, table.columns[2].header == "old"));
    page.add(std::move(table));
  }
  page.add(left_out(groups, options.rows));
  if (render::Table why = explanations_table(comparison); !why.groups.empty()) {
    page.add(std::move(why));
  }
  for (render::Block& note : comparison_notes(comparison)) page.add(std::move(note));
  return page;
}

}  // namespace pulsebench::report
