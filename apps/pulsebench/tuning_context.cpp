#include "tuning_context.hpp"

#include <cstdlib>

namespace pulsebench::app {
namespace {

const char* other_machine() { return std::getenv("PULSEBENCH_MACHINE_ROOT"); }

}  // namespace

tune::TuneContext tuning_context() {
  const char* const other = other_machine();
  return tune::TuneContext::of(other == nullptr ? machine::Roots{} : machine::Roots::under(other));
}

bool tunes_another_machine() { return other_machine() != nullptr; }

tune::Tuning tune(bool no_tune, const machine::Placement& placement, const Console& console) {
  const auto context = tuning_context();
  auto tuning =
      no_tune ? tune::Tuning::none(context, placement) : tune::Tuning::begin(context, placement);
  for (const std::string& line : tuning.notes()) console.note("pulsebench: " + line);
  return tuning;
}

tune::ProcessSettings process_settings_for(const tune::Tuning& tuning, bool no_tune,
                                           const machine::Placement& placement) {
  tune::ProcessSettings request;
  if (!no_tune) request = tune::default_request(machine::Roots{}, placement);
  request.control_group = tuning.partition();
  if (request.control_group.empty()) request.cpus.clear();
  request.fixed_layout = false;
  return request;
}

machine::CpuList thread_cpus_for(const tune::Tuning& tuning, const machine::Placement& placement) {
  const bool taken = !tuning.partition().empty() && placement.measure.size() == 1;
  return taken ? placement.orchestrate : machine::thread_cpus(placement);
}

}  // namespace pulsebench::app
