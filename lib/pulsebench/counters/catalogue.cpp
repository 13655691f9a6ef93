#include "pulsebench/counters/catalogue.hpp"

#include "pulsebench/counters/libpfm.hpp"
#include "pulsebench/counters/session.hpp"

namespace pulsebench::counters {

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
  const Libpfm* const pfm = libpfm();
  if (pfm == nullptr) return units;
  for (int number = PFM_PMU_NONE; number < PFM_PMU_MAX; ++number) {
    const auto pmu = static_cast<pfm_pmu_t>(number);
    pfm_pmu_info_t unit{};
    unit.size = sizeof unit;
    if (pfm->get_pmu_info(pmu, &unit) != PFM_SUCCESS || unit.is_present == 0) continue;
    std::vector<std::string> names;
    for (int event = unit.first_event; event != -1; event = pfm->get_event_next(event)) {
      pfm_event_info_t info{};
      info.size = sizeof info;
      if (pfm->get_event_info(event, PFM_OS_PERF_EVENT, &info) == PFM_SUCCESS) {
        names.push_back(std::string{unit.name} + "::" + info.name);
      }
    }
    units.push_back(
        {.name = unit.name, .description = unit.desc, .events = try_events(system, names)});
  }
  return units;
}

}  // namespace pulsebench::counters
