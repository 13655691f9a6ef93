#include "counters_command.hpp"

#include <algorithm>

#include "exit_code.hpp"
#include "pulsebench/counters/catalogue.hpp"
#include "pulsebench/counters/encode.hpp"
#include "pulsebench/counters/events.hpp"
#include "pulsebench/report/counters_screen.hpp"
#include "pulsebench/vocabulary/nearest.hpp"

namespace pulsebench::app {
namespace {

std::vector<report::EventLine> lines_of(const std::vector<counters::KnownEvent>& events) {
  std::vector<report::EventLine> lines;
  for (const auto& event : events) {
    lines.push_back({.name = event.name, .counted = event.opens, .note = event.reason});
  }
  return lines;
}

}  // namespace

int counters_command(const CountersOptions& options, const Console& console) {
  counters::PerfSys& system = counters::linux_perf();
  const auto usual = lines_of(counters::try_events(system, counters::default_events()));
  std::vector<report::UnitLine> units;
  for (const auto& unit : counters::known_units(system)) {
    units.push_back(
        {.name = unit.name, .description = unit.description, .events = lines_of(unit.events)});
  }
  const auto written =
      console.write(options.format == Format::json
                        ? report::counters_json(usual, units)
                        : report::counters_text(usual, units, options.all, console.out_style()));
  return written ? kNothingGates : console.fail(written.error());
}

Result<std::vector<std::string>> events_of(const RunOptions& options) {
  const auto& usual = counters::default_events();
  if (!options.counters) return usual;
  for (const std::string& name : *options.counters) {
    if (std::find(usual.begin(), usual.end(), name) != usual.end()) continue;
    const auto encoded = counters::encode(name);
    if (encoded) continue;
    const auto near = nearest(name, std::vector<std::string_view>{usual.begin(), usual.end()});
    return fail(ErrorCode::bad_input,
                "--counters: " + encoded.error().message +
                    (near ? "; did you mean " + std::string{*near} + "?" : std::string{}));
  }
  return *options.counters;
}

}  // namespace pulsebench::app
