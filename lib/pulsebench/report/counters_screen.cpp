#include "pulsebench/report/counters_screen.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;

long long counted_among(const std::vector<EventLine>& events) {
  return std::count_if(events.begin(), events.end(),
                       [](const EventLine& event) { return event.counted; });
}

void add_rows(render::TextTable& table, const std::vector<EventLine>& events,
              const render::Style& style) {
  const render::Glyphs& glyph = render::glyphs(style);
  for (const EventLine& event : events) {
    const render::Text mark = event.counted
                                  ? render::Text{std::string{glyph.met}, render::Tone::good}
                                  : render::Text{std::string{glyph.dash}, render::Tone::quiet};
    table.spanning_row(
        {mark, printable(event.name),
         render::Text{printable(event.note, render::kLongestText), render::Tone::quiet}});
  }
}

Json events_json(const std::vector<EventLine>& events) {
  Json list = Json::array();
  for (const EventLine& event : events) {
    list.push_back({{"name", printable(event.name)},
                    {"counted", event.counted},
                    {"note", printable(event.note, render::kLongestText)}});
  }
  return list;
}

}  // namespace

std::string counters_text(const std::vector<EventLine>& usual, const std::vector<UnitLine>& units,
                          bool all, const render::Style& style) {
  std::string screen = fmt::format(
      "{} of {} that a run counts by default can be counted here\n", counted_among(usual),
      render::format_count(static_cast<long long>(usual.size()), "event", "events"));
  render::TextTable table{{{.header = ""}, {.header = "", .gap = 1}, {.header = ""}}};
  table.title({"default", render::Tone::strong});
  add_rows(table, usual, style);
  for (const UnitLine& unit : units) {
    if (!all) break;
    table.title({printable(unit.name) + ": " + printable(unit.description), render::Tone::strong});
    add_rows(table, unit.events, style);
  }
  screen += "\n" + table.plain(style);
  if (all) return screen;
  std::vector<render::Text> known;
  for (const UnitLine& unit : units) {
    known.emplace_back(fmt::format("{} ({} of {} counted)", printable(unit.name),
                                   counted_among(unit.events), unit.events.size()));
  }
  if (known.empty()) return screen;
  screen += "\nlibpfm knows here:\n" + render::flowed(known, ", ", 2, style);
  return screen + "next: pulsebench counters list --all\n";
}

std::string counters_json(const std::vector<EventLine>& usual, const std::vector<UnitLine>& units) {
  Json list = Json::array();
  for (const UnitLine& unit : units) {
    list.push_back({{"name", printable(unit.name)},
                    {"description", printable(unit.description)},
                    {"events", events_json(unit.events)}});
  }
  return render::json_text({{"schema", "pulsebench-counters"},
                            {"version", 1},
                            {"default", events_json(usual)},
                            {"units", list}});
}

}  // namespace pulsebench::report
