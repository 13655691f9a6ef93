#include "pulsebench/report/review_part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using render::Align;
using render::Mark;
using render::Tone;
using trend::AgainstTarget;
using trend::Drift;
using trend::Noisier;
using trend::Review;

constexpr std::size_t kRows = 10;

std::string counted(std::size_t number, const char* one, const char* several) {
  return render::format_count(static_cast<long long>(number), one, several);
}

bool is_over(const AgainstTarget& one) { return one.cost.value > one.target.value; }

/// Adds a table with a row for each of `items`, or a line that says that there is none.
template <typename Item, typename RowOf>
void add_table(render::Page& page, const char* heading, const char* none,
               std::vector<render::Column> columns, const std::vector<Item>& items, bool all,
               RowOf row_of) {
  if (items.empty()) {
    page.add(render::Paragraph{{none}});
    return;
  }
  render::Table table{.columns = std::move(columns),
                      .groups = {{.title = {heading, Tone::strong}}}};
  const std::size_t shown = all ? items.size() : std::min(items.size(), kRows);
  for (std::size_t i = 0; i < shown; ++i) table.groups[0].rows.push_back(row_of(items[i]));
  if (shown < items.size()) {
    table.legend.push_back(
        {.text = fmt::format("{} more; --all lists them", items.size() - shown)});
  }
  page.add(std::move(table));
}

void add_drifts(render::Page& page, const Review& review, bool all) {
  add_table(
      page, "drifted by 1 % or more, without an alert", "drifts: none",
      {{.header = "benchmark", .elastic = true},
       {.header = "tier", .drop = 1},
       {.header = "before", .align = Align::right},
       {.header = "since", .align = Align::right},
       {.header = "change", .align = Align::right}},
      review.drifts, all, [](const Drift& one) {
        return render::Row{.cells = {render::Name{one.id.text()}, render::TierOrFloor{one.tier},
                                     one.before, one.after, render::Change{one.percent()}}};
      });
}

void add_targets(render::Page& page, const Review& review, bool all) {
  add_table(
      page, "slowest against their targets", "targets: none is set",
      {{.header = "benchmark", .elastic = true},
       {.header = "tier", .drop = 1},
       {.header = "cost", .align = Align::right},
       {.header = "target", .align = Align::right},
       {.header = "of it, %", .align = Align::right}},
      review.targets, all, [](const AgainstTarget& one) {
        const bool over = is_over(one);
        return render::Row{.cells = {render::Name{one.id.text()}, render::TierOrFloor{one.tier},
                                     one.cost, render::Bound{one.target},
                                     render::Cell{one.share(), over ? Tone::bad : Tone::plain,
                                                  over ? Mark::missed : Mark::none}}};
      });
}

void add_noise(render::Page& page, const Review& review, bool all) {
  add_table(page, "noise that grew", "noise: grew nowhere",
            {{.header = "benchmark", .elastic = true},
             {.header = "tier", .drop = 1},
             {.header = "before, %", .align = Align::right},
             {.header = "since, %", .align = Align::right}},
            review.noisier, all, [](const Noisier& one) {
              return render::Row{.cells = {render::Name{one.id.text()},
                                           render::TierOrFloor{one.tier}, one.before, one.after}};
            });
}

void add_still(render::Page& page, const Review& review, bool all) {
  if (review.still.empty()) {
    page.add(render::Paragraph{{"never moved: none"}});
    return;
  }
  const std::size_t shown = all ? review.still.size() : std::min(review.still.size(), kRows);
  render::Text text{
      fmt::format("never moved: {} of {} benchmarks: ", review.still.size(), review.series)};
  for (std::size_t i = 0; i < shown; ++i) {
    text.add(i == 0 ? "" : ", ").add_verbatim(review.still[i].text());
  }
  if (shown < review.still.size()) {
    text.add(fmt::format(" and {} more", review.still.size() - shown));
  }
  page.add(render::Paragraph{{std::move(text)}});
}

void add_one(render::Page& page, const Review& review, bool all, bool several) {
  if (several) page.add(render::Paragraph{{"machine " + printable(review.machine_kind, 60)}});
  render::Paragraph time{
      {fmt::format("{} to {}", review.since, review.until.empty() ? "today" : review.until),
       counted(review.nights, "night", "nights")}};
  if (review.missing > 0) time.items.emplace_back(fmt::format("{} missing", review.missing));
  page.add(std::move(time));
  add_drifts(page, review, all);
  add_targets(page, review, all);
  add_noise(page, review, all);
  add_still(page, review, all);
}

}  // namespace

void add_review(render::Page& page, const std::vector<Review>& reviews, bool all) {
  for (const Review& review : reviews) add_one(page, review, all, reviews.size() > 1);
}

}  // namespace pulsebench::report
