#include "pulsebench/report/counters_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;
using counters::KnownEvent;
using counters::KnownUnit;
using render::Mark;
using render::Tone;

long long counted_among(const std::vector<KnownEvent>& events) {
  return std::count_if(events.begin(), events.end(),
                       [](const KnownEvent& event) { return event.opens; });
}

render::Group group_of(const std::string& title, const std::vector<KnownEvent>& events) {
  render::Group group{.title = {title, Tone::strong}};
  for (const KnownEvent& event : events) {
    const render::Name name{event.name};
    group.rows.push_back({.cells = {{name, Tone::plain, event.opens ? Mark::met : Mark::absent}},
                          .note = {event.reason, Tone::quiet}});
  }
  return group;
}

Json events_json(const std::vector<KnownEvent>& events) {
  Json list = Json::array();
  for (const KnownEvent& event : events) {
    list.push_back({{"name", printable(event.name)},
                    {"counted", event.opens},
                    {"note", printable(event.reason, render::kLongestText)}});
  }
  return list;
}

std::string counters_json(const std::vector<KnownEvent>& usual,
                          const std::vector<KnownUnit>& units) {
  Json list = Json::array();
  for (const KnownUnit& unit : units) {
    list.push_back({{"name", printable(unit.name)},
                    {"description", printable(unit.description)},
                    {"events", events_json(unit.events)}});
  }
  return render::json_text({{"schema", "pulsebench-counters"},
                            {"version", 1},
                            {"default", events_json(usual)},
                            {"units", list}});
}

}  // namespace

render::Page counters_page(const std::vector<KnownEvent>& usual,
                           const std::vector<KnownUnit>& units, bool all) {
  const auto events = static_cast<long long>(usual.size());
  render::Page page{
      .title = "counters",
      .headline = {.clauses = {fmt::format(
                       "{} of {} that a run counts by default can be counted here",
                       counted_among(usual), render::format_count(events, "event", "events"))}},
      .json = [usual, units] { return counters_json(usual, units); }};
  render::Table table{.columns = {{.header = "event"}, {.header = "note"}},
                      .groups = {group_of("default", usual)}};
  std::vector<render::Text> known;
  for (const KnownUnit& unit : units) {
    if (all) table.groups.push_back(group_of(unit.name + ": " + unit.description, unit.events));
    known.emplace_back(fmt::format("{} ({} of {} counted)", unit.name, counted_among(unit.events),
                                   unit.events.size()));
  }
  page.add(std::move(table));
  if (all || known.empty()) return page;
  known.front() = render::Text{"known to libpfm here: "}.append(known.front());
  page.add(render::Paragraph{std::move(known)});
  page.next.command = "pulsebench counters list --all";
  return page;
}

}  // namespace pulsebench::report
