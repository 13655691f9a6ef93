#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/tune/tuning.hpp"

// pulsebench changes no setting of Windows, so that there is nothing to report or to restore.
namespace pulsebench::tune {

TuneContext TuneContext::of(const machine::Roots& roots) { return {roots, nullptr, {}}; }

Tuning Tuning::begin(const TuneContext&, const machine::Placement&, Until) { return Tuning{}; }
Tuning Tuning::none(const TuneContext&, const machine::Placement&) { return Tuning{}; }
Tuning::~Tuning() = default;
void Tuning::add_to(std::vector<StateFact>&) const {}
Recovery Tuning::put_back() { return {}; }

void Guardian::dismiss() {}

/// A nice value below 0 becomes the priority class "high".
ProcessSettings default_request(const machine::Roots&, const machine::Placement& placement) {
  ProcessSettings request;
  request.cpus = placement.measure;
  request.nice = -10;
  return request;
}

std::vector<KnobReport> try_in_a_process(const ProcessSettings&) { return {}; }

}  // namespace pulsebench::tune
