#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/report/machine_pages.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

std::size_t count(const std::vector<tune::KnobReport>& knobs, tune::KnobOutcome outcome) {
  return static_cast<std::size_t>(std::count_if(
      knobs.begin(), knobs.end(), [&](const auto& knob) { return knob.outcome == outcome; }));
}

std::string settings(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "setting" : "settings");
}

/// What `show` and `apply` share.
struct TuneOptions {
  std::optional<std::string> cpus;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup{app, kMachine}.text("--cpus CPUS", cpus, "for measuring on these CPUs");
    output.declare(app);
  }
};

struct TuneShowCommand {
  TuneOptions options;

  void declare(CLI::App& app) {
    options.declare(app);
    show_examples(app, {"pulsebench tune show"});
  }

  Result<int> execute(Context& context) const {
    const machine::Roots& roots = context.environment.tuned;
    PB_TRY(const auto placement, session::place(roots, options.cpus));
    const auto knobs = tune::tune_show(tune::TuneContext::of(roots), placement);
    const std::size_t open = count(knobs, tune::KnobOutcome::not_asked);
    const std::string cpus = machine::format_cpu_list(placement.measure);
    const std::string verdict =
        open == 0 ? "tuned for measuring on CPU " + cpus
                  : settings(open) + " would be changed to measure on CPU " + cpus;
    PB_CHECK(options.output.show(report::tune_page(knobs, report::Knobs::planned, verdict,
                                                   open == 0 ? "" : "pulsebench tune apply"),
                                 context.console));
    return kNothingGates;
  }
};

struct TuneApplyCommand {
  TuneOptions options;

  void declare(CLI::App& app) {
    options.declare(app);
    show_examples(app, {"sudo pulsebench tune apply --cpus 3"});
  }

  Result<int> execute(Context& context) const {
    const machine::Roots& roots = context.environment.tuned;
    PB_TRY(const auto placement, session::place(roots, options.cpus));
    auto tuning =
        tune::Tuning::begin(tune::TuneContext::of(roots), placement, tune::Until::restored);
    PB_CHECK(tuning.keep());
    for (const std::string& line : tuning.notes()) context.console.note("pulsebench: " + line);
    const std::string verdict = settings(count(tuning.knobs(), tune::KnobOutcome::set)) +
                                " changed, until: pulsebench tune restore";
    PB_CHECK(options.output.show(
        report::tune_page(tuning.knobs(), report::Knobs::changed, verdict, "pulsebench run"),
        context.console));
    return kNothingGates;
  }
};

struct TuneRestoreCommand {
  Output output;

  void declare(CLI::App& app) {
    output.declare(app);
    show_examples(app, {"sudo pulsebench tune restore"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto recovery,
           tune::tune_restore(tune::TuneContext::of(context.environment.tuned)));
    for (const std::string& line : recovery.notes) context.console.note("pulsebench: " + line);
    const std::size_t restored = recovery.restored.put_back.size();
    const std::string none = recovery.pending ? "nothing was restored" : "nothing to restore";
    const std::string verdict = restored == 0 ? none : settings(restored) + " restored";
    PB_CHECK(
        output.show(report::tune_page({}, report::Knobs::changed, verdict, ""), context.console));
    return recovery.pending ? kBadInput : kNothingGates;
  }
};

}  // namespace

Execute declare_tune(CLI::App& app) {
  show_examples(app, {"pulsebench tune show", "sudo pulsebench tune apply && pulsebench run",
                      "sudo pulsebench tune restore"});
  return {};
}

Execute declare_tune_show(CLI::App& app) { return declared<TuneShowCommand>(app); }
Execute declare_tune_apply(CLI::App& app) { return declared<TuneApplyCommand>(app); }
Execute declare_tune_restore(CLI::App& app) { return declared<TuneRestoreCommand>(app); }

}  // namespace pulsebench::app
