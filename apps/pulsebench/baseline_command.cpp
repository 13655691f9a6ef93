#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/report/baseline_list_page.hpp"
#include "pulsebench/report/run_page.hpp"
#include "pulsebench/session/import.hpp"
#include "pulsebench/session/save_baseline.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

struct SaveCommand {
  std::string name;
  bool force = false;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}
        .text("NAME", name, "letters, digits, . _ - and / between parts")
        ->required();
    OptionGroup{app, kOutput}.flag("--force", force,
                                   "save also a run that is incomplete or injected, or in which "
                                   "benchmarks failed");
    show_examples(app, {"pulsebench baseline save main"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto run, session::save_baseline(session, name, force));
    PB_CHECK(context.console.write(
        "saved as " + name + ": run " + run.run_id + ", measured " + printable(run.started, 30) +
        ", " + std::to_string(run.benchmarks.size()) +
        " benchmarks\nafter your change: pulsebench run --save pr-123 && pulsebench compare " +
        name + " pr-123\n"));
    return kNothingGates;
  }
};

struct ListCommand {
  bool here = false;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup{app, kOutput}.flag("--here", here, "list only the baselines of this machine");
    output.declare(app);
    show_examples(app, {"pulsebench baseline list"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(auto entries, session.workspace.store.list());
    const std::string key = machine::fingerprint(session.environment.machine).key;
    const auto elsewhere = [&](const baseline::Entry& entry) {
      return !entry.envelope || entry.envelope->machine.key != key;
    };
    if (here) std::erase_if(entries, elsewhere);
    PB_CHECK(output.show(report::baseline_list_page(entries, key), context.console));
    return kNothingGates;
  }
};

struct ShowCommand {
  std::string reference;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}.text("NAME", reference, "a baseline, a file, or last")->required();
    output.declare(app, Shows::results);
    show_examples(app, {"pulsebench baseline show main", "pulsebench baseline show last"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto document, session::load_result(session, reference));
    const auto page =
        report::baseline_page(document, {.demands = report::demands_of(session.workspace.config)});
    PB_CHECK(output.show(page, context.console));
    return kNothingGates;
  }
};

struct RemoveCommand {
  std::string name;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}.text("NAME", name, "the baseline")->required();
    show_examples(app, {"pulsebench baseline rm pr-123"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_CHECK(session.workspace.store.remove(name));
    PB_CHECK(context.console.write("removed " + name + "\n"));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_baseline(CLI::App& app) {
  show_examples(app, {"pulsebench baseline save v0.1.0", "pulsebench baseline list",
                      "pulsebench baseline show main"});
  return {};
}

Execute declare_save(CLI::App& app) { return declared<SaveCommand>(app); }
Execute declare_list(CLI::App& app) { return declared<ListCommand>(app); }
Execute declare_show(CLI::App& app) { return declared<ShowCommand>(app); }
Execute declare_remove(CLI::App& app) { return declared<RemoveCommand>(app); }

}  // namespace pulsebench::app
