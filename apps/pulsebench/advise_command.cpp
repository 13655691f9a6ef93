#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/advice_page.hpp"
#include "pulsebench/session/advise.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

struct AdviseCommand {
  session::CountRequest request;
  Output output;

  void declare(CLI::App& app) {
    declare_benchmark(app, request);
    OptionGroup{app, kMachine}.text("--cpus CPUS", request.cpus, "measure on these CPUs, as in 1");
    output.declare(app);
    show_examples(app, {"pulsebench advise budget/consume",
                        "pulsebench advise BM_Sort/4096 --exe build/bench"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto advised, session::advise(session, request));
    PB_CHECK(output.show(report::advice_page(advised), context.console));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_advise(CLI::App& app) { return declared<AdviseCommand>(app); }

}  // namespace pulsebench::app
