#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/history_page.hpp"
#include "pulsebench/session/history.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

struct HistoryCommand {
  session::HistoryRequest request;
  bool all = false;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}.text(
        "BENCHMARK", request.benchmark,
        "an id, else a regular expression over ids (default: all benchmarks)");
    OptionGroup shown{app, kOutput};
    shown.value("--since DAY", request.since, parse_since,
                "only results from this day on, as in 2026-11-01 or 30d");
    shown.value("--points NUMBER", request.points, whole_number(1, 10'000),
                "at most this many results of a benchmark, the newest (default 15)");
    shown.flag("--all", all, "list every benchmark, also beyond the first 25");
    output.declare(app);
    show_examples(app, {"pulsebench history", "pulsebench history budget/consume",
                        "pulsebench history '^hooks/' --since 30d --format json"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto history, session::history(session, request));
    PB_CHECK(output.show(report::history_page(history, all), context.console));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_history(CLI::App& app) { return declared<HistoryCommand>(app); }

}  // namespace pulsebench::app
