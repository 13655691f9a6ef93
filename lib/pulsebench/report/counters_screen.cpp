#include "pulsebench/report/counters_screen.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pulsebench/report/json_text.hpp"
#include "pulsebench/report/quantity.hpp"
#include "pulsebench/report/table.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;

long long counted_among(const std::vector<EventLine>& events) {
  return std::count_if(events.begin(), events.end(),
                       [](const EventLine& event) { return event.counted; });
}

void add_rows(Table& table, const std::vector<EventLine>& events, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  for (const EventLine& event : events) {
    const Text mark = event.counted ? Text{std::string{glyph.met}, Tone::good}
                                    : Text{std::string{glyph.dash}, Tone::quiet};
    table.spanning_row(
        {mark, printable(event.name), Text{printable(event.note, kLongestText), Tone::quiet}});
  }
}

Json events_json(const std::vector<EventLine>& events) {
  Json list = Json::array();
  for (const EventLine& event : events) {
    list.push_back({{"name", printable(event.name)},
                    {"counted", event.counted},
                    {"note", printable(event.note, kLongestText)}});
  }
  return list;
}

}  // namespace

std::string counters_text(const std::vector<EventLine>& usual, const std::vector<UnitLine>& units,
                          bool all, const Style& style) {
  std::string screen = fmt::format("{} of {} that a run counts by default can be counted here\n",
                                   counted_among(usual),
                                   count(static_cast<long long>(usual.size()), "event", "events"));
  Table table{{{.header = ""}, {.header = "", .gap = 1}, {.header = ""}}};
  table.title({"default", Tone::strong});
  add_rows(table, usual, style);
  for (const UnitLine& unit : units) {
    if (!all) break;
    table.title({printable(unit.name) + ": " + printable(unit.description), Tone::strong});
    add_rows(table, unit.events, style);
  }
  screen += "\n" + table.plain(style);
  if (all) return screen;
  std::vector<Text> known;
  for (const UnitLine& unit : units) {
    known.emplace_back(fmt::format("{} ({} of {} counted)", printable(unit.name),
                                   counted_among(unit.events), unit.events.size()));
  }
  if (known.empty()) return screen;
  screen += "\nlibpfm knows here:\n" + flowed(known, ", ", 2, style);
  return screen + "next: pulsebench counters list --all\n";
}

std::string counters_json(const std::vector<EventLine>& usual, const std::vector<UnitLine>& units) {
  Json list = Json::array();
  for (const UnitLine& unit : units) {
    list.push_back({{"name", printable(unit.name)},
                    {"description", printable(unit.description)},
                    {"events", events_json(unit.events)}});
  }
  return json_text({{"schema", "pulsebench-counters"},
                    {"version", 1},
                    {"default", events_json(usual)},
                    {"units", list}});
}

}  // namespace pulsebench::report
