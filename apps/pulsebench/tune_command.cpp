#include "tune_command.hpp"

#include <algorithm>
#include <vector>

#include "context.hpp"
#include "exit_code.hpp"
#include "pulsebench/report/tune_screen.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::app {
namespace {

using Mood = report::KnobLine::Mood;

Mood mood_of(tune::KnobOutcome outcome) {
  switch (outcome) {
    case tune::KnobOutcome::set:
    case tune::KnobOutcome::already:
      return Mood::good;
    case tune::KnobOutcome::absent:
      return Mood::absent;
    case tune::KnobOutcome::refused:
      return Mood::bad;
    case tune::KnobOutcome::partly:
    case tune::KnobOutcome::not_permitted:
    case tune::KnobOutcome::not_asked:
      break;
  }
  return Mood::open;
}

std::vector<report::KnobLine> lines_of(const std::vector<tune::KnobReport>& knobs) {
  std::vector<report::KnobLine> lines;
  for (const auto& knob : knobs) {
    lines.push_back({.mood = mood_of(knob.outcome),
                     .name = knob.name,
                     .original = knob.original,
                     .achieved = knob.achieved,
                     .requested = knob.requested,
                     .outcome = name_of(knob.outcome),
                     .reason = knob.reason});
  }
  return lines;
}

long long count(const std::vector<tune::KnobReport>& knobs, tune::KnobOutcome outcome) {
  return std::count_if(knobs.begin(), knobs.end(),
                       [&](const auto& knob) { return knob.outcome == outcome; });
}

int report(const std::vector<report::KnobLine>& lines, const std::string& verdict,
           const std::string& next, const TuneOptions& options, const Console& console) {
  const auto written =
      console.write(options.format == Format::json
                        ? report::tune_json(lines, verdict)
                        : report::tune_text(lines, verdict, next, console.out_style()));
  return written ? kNothingGates : console.fail(written.error());
}

int show(const tune::TuneContext& context, const machine::Placement& placement,
         const TuneOptions& options, const Console& console) {
  const auto knobs = tune::tune_show(context, placement);
  const auto open = count(knobs, tune::KnobOutcome::not_asked);
  const std::string cpus = machine::format_cpu_list(placement.measure);
  const std::string verdict =
      open == 0 ? "tuned for measuring on CPU " + cpus
                : std::to_string(open) + " knobs would be turned for measuring on CPU " + cpus;
  auto lines = lines_of(knobs);
  for (auto& line : lines) {
    line.original.clear();  // it is what it was
    if (line.mood == Mood::open) line.outcome = "would be set";
  }
  return report(lines, verdict, open == 0 ? "" : "pulsebench tune apply", options, console);
}

int apply(const tune::TuneContext& context, const machine::Placement& placement,
          const TuneOptions& options, const Console& console) {
  auto tuning = tune::Tuning::begin(context, placement, tune::Until::restored);
  if (auto kept = tuning.keep(); !kept) return console.fail(kept.error());
  for (const std::string& line : tuning.notes()) console.note("pulsebench: " + line);
  const auto set = count(tuning.knobs(), tune::KnobOutcome::set);
  const std::string verdict = std::to_string(set) + " knobs turned, until: pulsebench tune restore";
  return report(lines_of(tuning.knobs()), verdict, "pulsebench run", options, console);
}

int restore(const tune::TuneContext& context, const TuneOptions& options, const Console& console) {
  const auto recovery = tune::tune_restore(context);
  if (!recovery) return console.fail(recovery.error());
  for (const std::string& line : recovery->notes) console.note("pulsebench: " + line);
  const tune::Restored& restored = recovery->restored;
  std::string verdict = "nothing to put back";
  if (!restored.put_back.empty()) {
    verdict = std::to_string(restored.put_back.size()) + " settings are as they were before";
  }
  const int code = report({}, verdict, "", options, console);
  return restored.complete() ? code : kBadInput;
}

}  // namespace

int tune_command(const TuneOptions& options, const Console& console) {
  const machine::Roots roots = environment().tuned;
  const auto context = tune::TuneContext::of(roots);
  if (options.action == TuneOptions::Action::restore) return restore(context, options, console);
  const auto placement = session::place(roots, options.cpus);
  if (!placement) return console.fail(placement.error());
  return options.action == TuneOptions::Action::apply ? apply(context, *placement, options, console)
                                                      : show(context, *placement, options, console);
}

}  // namespace pulsebench::app
