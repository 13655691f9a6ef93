#include <algorithm>

#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/doctor/doctor.hpp"
#include "pulsebench/report/machine_pages.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

struct DoctorCommand {
  bool strict = false;
  bool all = false;
  std::optional<std::string> cpus;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup checks{app, "Checks"};
    checks.text("--cpus CPUS", cpus, "check these measuring CPUs, as in 1 or 2-3");
    checks.flag("--strict", strict, "exit with 5 if a check fails");
    OptionGroup{app, kOutput}.flag("--all", all, "show also the checks that pass");
    output.declare(app);
    show_examples(app, {"pulsebench doctor", "pulsebench doctor --format json"});
  }

  Result<int> execute(Context& context) const {
    const machine::Roots& roots = context.environment.machine;
    PB_TRY(const auto placement, session::place(roots, cpus));
    const auto checks = doctor::examine(roots, placement);
    PB_CHECK(output.show(report::doctor_page(checks, all), context.console));
    const bool bad = std::any_of(checks.begin(), checks.end(), [](const doctor::Check& check) {
      return check.state == doctor::CheckState::bad;
    });
    return bad && strict ? kInconclusive : kNothingGates;
  }
};

}  // namespace

Execute declare_doctor(CLI::App& app) { return declared<DoctorCommand>(app); }

}  // namespace pulsebench::app
