#include <algorithm>
#include <vector>

#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/doctor/doctor.hpp"
#include "pulsebench/report/doctor_page.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

report::CheckLine::State state_of(doctor::CheckState state) {
  switch (state) {
    case doctor::CheckState::bad:
      return report::CheckLine::State::bad;
    case doctor::CheckState::warning:
      return report::CheckLine::State::warning;
    case doctor::CheckState::ok:
      return report::CheckLine::State::ok;
    case doctor::CheckState::not_applicable:
      break;
  }
  return report::CheckLine::State::not_applicable;
}

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
    std::vector<report::CheckLine> lines;
    for (const doctor::Check& check : doctor::examine(roots, placement)) {
      lines.push_back({.state = state_of(check.state),
                       .name = check.name,
                       .seen = check.seen,
                       .consequence = check.consequence,
                       .fix = check.fix});
    }
    PB_CHECK(output.show(report::doctor_page(lines, all), context.console));
    const bool bad = std::any_of(lines.begin(), lines.end(), [](const report::CheckLine& line) {
      return line.state == report::CheckLine::State::bad;
    });
    return bad && strict ? kInconclusive : kNothingGates;
  }
};

}  // namespace

Execute declare_doctor(CLI::App& app) { return declared<DoctorCommand>(app); }

}  // namespace pulsebench::app
