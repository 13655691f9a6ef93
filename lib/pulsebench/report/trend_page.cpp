#include "pulsebench/report/trend_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/trend_parts.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using render::Align;
using render::Mark;
using render::Tone;
using trend::Change;
using trend::ChangeStatus;
using trend::FoundChange;
using trend::Series;
using trend::Trend;

constexpr std::size_t kSettledShown = 10, kLostNamed = 10, kEpochsNamed = 3;

/// "accepted by A. N. on 2026-08-14: worth it"; what else a reader needs to know of a change.
render::Text note_of(const FoundChange& found) {
  const Change& change = *found.change;
  std::vector<std::string> facts;
  if (change.accepted) {
    facts.push_back(fmt::format("accepted by {} on {}: {}",
                                change.accepted->by.empty() ? "unknown" : change.accepted->by,
                                change.accepted->on, change.accepted->reason));
  }
  if (change.status == ChangeStatus::undone) facts.emplace_back("undone by a later change");
  if (change.status == ChangeStatus::ended) facts.emplace_back("a new epoch has begun since");
  if (change.same_binaries) {
    facts.emplace_back("the same suite binaries ran before and after: not the code");
  }
  for (const std::string& fact : change.with) facts.push_back("that night " + fact);
  std::string text;
  for (const std::string& fact : facts) text += (text.empty() ? "" : "; ") + fact;
  return {text, Tone::quiet};
}

class TrendPage {
 public:
  TrendPage(const std::vector<Trend>& trends, const trend::VerdictRule& rule, bool all)
      : trends_(trends), rule_(rule), all_(all), verdict_(trend::verdict_of(trends, rule)) {}

  [[nodiscard]] render::Page page() const {
    render::Page page{.title = trends_.size() == 1
                                   ? render::Text{"trend of "}.add_verbatim(trends_[0].machine_kind)
                                   : render::Text{"trend"}};
    page.headline = trend_headline(trends_, verdict_, rule_);
    if (auto table = series_table(); !table.groups.empty()) page.add(std::move(table));
    add_lost(page);
    add_nights(page);
    if (!verdict_.older.empty()) {
      page.add(render::Note{
          Mark::attention,
          fmt::format("{} before {} not shown and fail nothing here; see pulsebench trend",
                      render::format_count(static_cast<long long>(verdict_.older.size()),
                                           "open change for the worse is",
                                           "open changes for the worse are"),
                      rule_.since)});
    }
    if (!verdict_.slower.empty()) page.next = next_after_change(verdict_.slower.front());
    page.json = [this_copy = *this] { return trend_json(this_copy.trends_, this_copy.rule_); };
    page.cases = [this_copy = *this] { return cases_of(this_copy.trends_, this_copy.rule_); };
    return page;
  }

 private:
  [[nodiscard]] render::Table series_table() const {
    render::Table table{.columns = {{.header = "benchmark", .elastic = true},
                                    {.header = "tier", .align = Align::right, .drop = 2},
                                    {.header = "before", .align = Align::right, .drop = 3},
                                    {.header = "after", .align = Align::right},
                                    {.header = "change", .align = Align::right},
                                    {.header = "since"},
                                    {.header = "seen", .drop = 4},
                                    {.header = "commits", .drop = 1}},
                        .groups_are = "verdict"};
    add_group(table, {"slower", Tone::bad}, verdict_.slower);
    add_group(table, {"faster", Tone::good}, verdict_.faster);
    const std::size_t most = all_ ? verdict_.settled.size() : kSettledShown;
    add_group(table, {"settled", Tone::quiet}, verdict_.settled, most);
    if (verdict_.settled.size() > most) {
      table.legend.push_back({.text = fmt::format("{} more settled changes; --all lists them",
                                                  verdict_.settled.size() - most)});
    }
    if (all_) add_steady(table);
    return table;
  }

  void add_group(render::Table& table, const render::Text& title,
                 const std::vector<FoundChange>& changes, std::size_t most = SIZE_MAX) const {
    render::Group group{.title = title};
    for (std::size_t i = 0; i < std::min(changes.size(), most); ++i) {
      group.rows.push_back(change_row(changes[i]));
    }
    if (!group.rows.empty()) table.groups.push_back(std::move(group));
  }

  [[nodiscard]] Mark mark_of(const FoundChange& found) const {
    if (found.change->status != ChangeStatus::open) return Mark::footnote;
    if (!found.change->slower()) return Mark::met;
    return trend::gates(*found.series, *found.change, rule_.fail_on) ? Mark::missed
                                                                     : Mark::attention;
  }

  [[nodiscard]] render::Row change_row(const FoundChange& found) const {
    const auto& [its_trend, series, change] = found;
    const bool open_slower = change->slower() && change->status == ChangeStatus::open;
    render::Row row{.cells = {{render::Name{series->id.text()}, Tone::plain, mark_of(found)},
                              render::TierOrFloor{series->tier},
                              change->before,
                              render::Cell{change->after, Tone::strong},
                              render::Change{change->percent()},
                              trend::first_night(*its_trend, *series, *change),
                              its_trend->nights[series->points[change->seen].night].day,
                              commits_text(found)},
                    .note = note_of(found),
                    .command = open_slower ? settling_command(found) : "",
                    .command_is = "measure both sides",
                    .evidence = [its_trend = its_trend, series = series] {
                      return course_of(*its_trend, *series);
                    }};
    if (trends_.size() > 1) {
      row.note = render::Text{"on " + its_trend->machine_kind, Tone::quiet}
                     .add(row.note.empty() ? "" : "; ", Tone::quiet)
                     .append(row.note);
    }
    return row;
  }

  void add_steady(render::Table& table) const {
    render::Group group{.title = {"steady", Tone::quiet}};
    for (const Trend& one : trends_) {
      for (const Series& series : one.series) {
        const bool moved = std::ranges::any_of(series.changes, [&](const Change& change) {
          return change.status == ChangeStatus::open &&
                 trend::first_night(one, series, change) >= rule_.since;
        });
        if (!moved && !series.lost) group.rows.push_back(steady_row(one, series));
      }
    }
    if (!group.rows.empty()) table.groups.push_back(std::move(group));
  }

  [[nodiscard]] static render::Row steady_row(const Trend& one, const Series& series) {
    const std::string& since = one.nights[series.points[series.levels.back().first].night].day;
    return {.cells = {{render::Name{series.id.text()}, Tone::plain,
                       series.too_young ? Mark::unsure : Mark::none},
                      render::TierOrFloor{series.tier},
                      {},
                      series.levels.back().cost,
                      {},
                      since},
            .detail = {series.too_young ? "too young: its epoch has fewer than 14 nights" : "",
                       Tone::quiet},
            .evidence = [&one, &series] { return course_of(one, series); }};
  }

  void add_lost(render::Page& page) const {
    for (std::size_t i = 0; i < std::min(verdict_.lost.size(), kLostNamed); ++i) {
      const Series& series = *verdict_.lost[i];
      page.blocks.emplace_back(render::Note{
          Mark::missed,
          render::Text{}
              .add_verbatim(series.id.text())
              .add(fmt::format(" (tier {}) is not in the newest night", number_of(series.tier)))});
    }
    if (verdict_.lost.size() > kLostNamed) {
      page.blocks.emplace_back(
          render::Note{Mark::missed, fmt::format("{} more benchmarks are not in the newest "
                                                 "night",
                                                 verdict_.lost.size() - kLostNamed)});
    }
    if (!verdict_.lost.empty()) {
      page.blocks.emplace_back(
          render::Note{Mark::absent,
                       "if one is gone for good: pulsebench trend reset BENCHMARK --reason "
                       "TEXT"});
    }
  }

  void add_nights(render::Page& page) const {
    render::Paragraph counts{{fmt::format("{} steady", render::format_count(verdict_.steady))}};
    if (verdict_.young > 0) {
      counts.items.emplace_back(fmt::format("{} too young", render::format_count(verdict_.young)));
    }
    page.blocks.emplace_back(std::move(counts));
    for (const Trend& one : trends_) {
      page.add(nights_of(one));
      if (!one.incomplete_line.empty()) {
        page.add(render::Note{Mark::missed, printable(one.incomplete_line, 400)});
      }
    }
  }

  [[nodiscard]] render::Paragraph nights_of(const Trend& one) const {
    render::Paragraph facts;
    if (trends_.size() > 1) facts.items.emplace_back(printable(one.machine_kind, 60));
    std::string nights =
        render::format_count(static_cast<long long>(one.nights.size()), "night", "nights");
    if (!one.nights.empty()) {
      nights += fmt::format(" from {} to {}", one.nights.front().day, one.nights.back().day);
    }
    facts.items.emplace_back(nights);
    if (one.missing > 0) facts.items.emplace_back(fmt::format("{} missing", one.missing));
    const auto interrupted = std::ranges::count(one.nights, false, &trend::TrendNight::complete);
    if (interrupted > 0) facts.items.emplace_back(fmt::format("{} interrupted", interrupted));
    std::set<std::string> epochs;
    for (const Series& series : one.series) {
      for (std::size_t i = 1; i < series.epochs.size(); ++i) {
        const auto& [first, because, unused] = series.epochs[i];
        epochs.insert(one.nights[series.points[first].night].day + " " + because);
      }
    }
    std::size_t named = 0;
    for (const std::string& epoch : epochs) {
      if (++named <= kEpochsNamed) facts.items.emplace_back("epoch " + printable(epoch, 200));
    }
    if (named > kEpochsNamed) {
      facts.items.emplace_back(fmt::format("{} more epochs", named - kEpochsNamed));
    }
    if (one.anchor_within) {
      facts.items.emplace_back(fmt::format("anchor within {:.1f} %", one.anchor_within->value));
    }
    return facts;
  }

  const std::vector<Trend>& trends_;
  trend::VerdictRule rule_;
  bool all_;
  trend::Verdict verdict_;
};

}  // namespace

render::Page trend_page(const std::vector<Trend>& trends, const trend::VerdictRule& rule,
                        bool all) {
  return TrendPage{trends, rule, all}.page();
}

}  // namespace pulsebench::report
