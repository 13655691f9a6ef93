#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/counters/catalogue.hpp"
#include "pulsebench/counters/events.hpp"
#include "pulsebench/counters/perf_sys.hpp"
#include "pulsebench/report/machine_pages.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

struct CountersListCommand {
  bool all = false;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup{app, kOutput}.flag("--all", all, "name each event");
    output.declare(app);
    show_examples(app, {"pulsebench counters list --all"});
  }

  Result<int> execute(Context& context) const {
    counters::PerfSys& system = counters::linux_perf();
    const auto usual = counters::try_events(system, counters::default_events());
    const auto units = counters::known_units(system);
    PB_CHECK(output.show(report::counters_page(usual, units, all), context.console));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_counters(CLI::App& app) {
  show_examples(app, {"pulsebench counters list", "pulsebench run --counters cycles,instructions"});
  return {};
}

Execute declare_counters_list(CLI::App& app) { return declared<CountersListCommand>(app); }

}  // namespace pulsebench::app
