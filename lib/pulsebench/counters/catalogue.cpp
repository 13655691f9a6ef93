#include "pulsebench/counters/catalogue.hpp"

#include "pulsebench/counters/libpfm.hpp"
#include "pulsebench/counters/session.hpp"

namespace pulsebench::counters {
namespace {

struct Unit {
  std::string name, description;
  std::vector<std::string> events;  ///< "unit::EVENT"
};

std::vector<Unit> present_units() {
  std::vector<Unit> units;
  const Libpfm* const pfm = libpfm();
  if (pfm == nullptr) return units;
  for (int number = PFM_PMU_NONE; number < PFM_PMU_MAX; ++number) {
    pfm_pmu_info_t info{};
    info.size = sizeof info;
    const auto pmu = static_cast<pfm_pmu_t>(number);
    if (pfm->get_pmu_info(pmu, &info) != PFM_SUCCESS || info.is_present == 0) continue;
    Unit unit{.name = info.name, .description = info.desc, .events = {}};
    for (int number_of_event = info.first_event; number_of_event != -1;
         number_of_event = pfm->get_event_next(number_of_event)) {
      pfm_event_info_t event{};
      event.size = sizeof event;
      if (pfm->get_event_info(number_of_event, PFM_OS_PERF_EVENT, &event) == PFM_SUCCESS) {
        unit.events.push_back(unit.name + "::" + event.name);
      }
    }
    units.push_back(std::move(unit));
  }
  return units;
}

}  // namespace

std::vector<KnownEvent> try_events(PerfSys& system, const std::vector<std::string>& names) {
  std::vector<KnownEvent> tried;
  for (const std::string& name : names) {
    // Counting an empty function shows whether the event can be counted.
    const auto counter = Session{system, {name}}.per_operation([](std::uint64_t) {}, 1).front();
    tried.push_back({.name = name,
                     .opens = counter.per_op.has_value(),
                     .reason = counter.source.empty() ? counter.reason : "by getrusage"});
  }
  return tried;
}

std::vector<KnownUnit> known_units(PerfSys& system) {
  std::vector<KnownUnit> units;
  for (const Unit& unit : present_units()) {
    units.push_back({.name = unit.name,
                     .description = unit.description,
                     .events = try_events(system, unit.events)});
  }
  return units;
}

std::vector<std::string> event_names() {
  std::vector<std::string> names;
  for (const Unit& unit : present_units()) {
    names.insert(names.end(), unit.events.begin(), unit.events.end());
  }
  return names;
}

}  // namespace pulsebench::counters
