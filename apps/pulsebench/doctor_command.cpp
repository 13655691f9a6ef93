#include "doctor_command.hpp"

#include <algorithm>
#include <vector>

#include "exit_code.hpp"
#include "pulsebench/doctor/doctor.hpp"
#include "pulsebench/report/doctor_screen.hpp"

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

}  // namespace

int doctor_command(const DoctorOptions& options, const Console& console) {
  const auto placement = machine::place(options.cpus);
  if (!placement) return console.fail(placement.error());
  std::vector<report::CheckLine> lines;
  for (const doctor::Check& check : doctor::examine(machine::Roots{}, *placement)) {
    lines.push_back({.state = state_of(check.state),
                     .name = check.name,
                     .seen = check.seen,
                     .consequence = check.consequence,
                     .fix = check.fix});
  }
  const bool bad = std::any_of(lines.begin(), lines.end(), [](const report::CheckLine& line) {
    return line.state == report::CheckLine::State::bad;
  });
  const auto written =
      console.write(options.format == Format::json
                        ? report::doctor_json(lines)
                        : report::doctor_text(lines, options.all, console.out_style()));
  if (!written) return console.fail(written.error());
  return bad && options.strict ? kInconclusive : kNothingGates;
}

}  // namespace pulsebench::app
