#include "tuning_context.hpp"

#include <cstdlib>

namespace pulsebench::app {
namespace {

const char* other_machine() { return std::getenv("PULSEBENCH_MACHINE_ROOT"); }

}  // namespace

machine::TuneContext tuning_context() {
  const char* const other = other_machine();
  return machine::TuneContext::of(other == nullptr ? machine::Roots{}
                                                   : machine::Roots::under(other));
}

bool tunes_another_machine() { return other_machine() != nullptr; }

machine::Tuning tune(bool no_tune, const machine::Placement& placement, const Console& console) {
  const auto context = tuning_context();
  auto tuning = no_tune ? machine::Tuning::none(context, placement)
                        : machine::Tuning::begin(context, placement);
  for (const std::string& line : tuning.notes()) console.note("pulsebench: " + line);
  return tuning;
}

machine::ProcessRequest settle_of(const machine::Tuning& tuning, bool no_tune,
                                  const machine::Placement& placement) {
  machine::ProcessRequest request;
  if (!no_tune) request = machine::default_request(machine::Roots{}, placement);
  request.control_group = tuning.partition();
  if (request.control_group.empty()) request.cpus.clear();
  request.fixed_layout = false;
  return request;
}

machine::CpuList crew_for(const machine::Tuning& tuning, const machine::Placement& placement) {
  const bool taken = !tuning.partition().empty() && placement.measure.size() == 1;
  return taken ? placement.orchestrate : machine::crew_of(placement);
}

}  // namespace pulsebench::app
