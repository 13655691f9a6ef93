#include "pulsebench/session/tuned_machine.hpp"

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

void keep_off(const Session& session, const machine::Placement& placement) {
  if (!placement.warning.empty()) session.notice("warning: " + placement.warning);
  if (auto pinned = machine::pin_to(placement.orchestrate); !pinned) {
    session.notice("warning: " + pinned.error().message);
  }
}

tune::Tuning tune(const Session& session, const machine::Placement& placement, bool no_tune) {
  keep_off(session, placement);
  const auto context = tune::TuneContext::of(session.environment.tuned);
  auto tuning =
      no_tune ? tune::Tuning::none(context, placement) : tune::Tuning::begin(context, placement);
  for (const std::string& line : tuning.notes()) session.notice("pulsebench: " + line);
  return tuning;
}

tune::ProcessSettings settings_for(const Session& session, const tune::Tuning& tuning,
                                   const machine::Placement& placement, bool no_tune) {
  tune::ProcessSettings settings;
  if (!no_tune) settings = tune::default_request(session.environment.machine, placement);
  settings.control_group = tuning.partition();
  if (settings.control_group.empty()) settings.cpus.clear();
  settings.fixed_layout = false;
  return settings;
}

}  // namespace

Result<machine::Placement> place(const machine::Roots& roots,
                                 const std::optional<std::string>& cpus) {
  if (roots.top == machine::Roots{}.top) return machine::place(cpus);
  PB_TRY(const auto online,
         machine::parse_cpu_list(
             os::read_if_there(roots.sys / "devices/system/cpu/online").value_or("0")));
  return machine::place(roots, online, cpus);
}

TunedMachine::TunedMachine(const Session& session, const machine::Placement& placement,
                           bool no_tune)
    : session_(session),
      placement_(placement),
      allowed_(machine::this_kernel().affinity()),
      tuning_(tune(session, placement, no_tune)),
      process_settings_(settings_for(session, tuning_, placement, no_tune)) {}

run::Cpus TunedMachine::cpus() const {
  const bool taken = !tuning_.partition().empty() && placement_.measure.size() == 1;
  return {.measuring = placement_.measure,
          .thread_cpus = taken ? placement_.orchestrate : machine::thread_cpus(placement_)};
}

void TunedMachine::put_back() {
  const tune::Recovery recovery = tuning_.put_back();
  for (const std::string& line : recovery.notes) session_.notice("pulsebench: " + line);
  if (!recovery.restored.complete() && session_.on_not_restored) session_.on_not_restored();
  // Otherwise the next measurement of this process would be placed on the CPUs that are left.
  if (!allowed_) return;
  if (auto back = machine::pin_to(*allowed_); !back) {
    session_.notice("warning: " + back.error().message);
  }
}

}  // namespace pulsebench::session
