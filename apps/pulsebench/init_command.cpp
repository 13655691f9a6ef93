#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/init_page.hpp"
#include "pulsebench/session/init_project.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

struct InitCommand {
  Output output;

  void declare(CLI::App& app) {
    output.declare(app);
    show_examples(app, {"pulsebench init", "pulsebench init --root path/to/project"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto written, session::init_project(context.root));
    PB_CHECK(output.show(report::init_page(written.found, written.file), context.console));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_init(CLI::App& app) { return declared<InitCommand>(app); }

}  // namespace pulsebench::app
