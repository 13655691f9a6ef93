#include <fmt/format.h>

#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/review_part.hpp"
#include "pulsebench/report/trend_page.hpp"
#include "pulsebench/session/review.hpp"
#include "pulsebench/session/trend.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "values.hpp"

namespace pulsebench::app {
namespace {

struct TrendCommand {
  session::TrendRequest request;
  trend::VerdictRule rule;
  bool all = false;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}
        .texts("BENCHMARK", request.names, "ids of benchmarks (default: all)")
        ->allow_extra_args(true);
    OptionGroup shown{app, kOutput};
    shown.value("--since DAY", rule.since, parse_since,
                "only changes from this night on, as in 2026-11-01 or 7d; older ones fail nothing");
    shown.text("--filter REGEX", request.filter,
               "only benchmarks whose id matches this regular expression");
    shown.text("--machine KIND", request.machine,
               "a machine kind, a machine key, or all (default: this machine, else all)");
    shown.flag("--all", all, "list every benchmark and every change");
    OptionGroup{app, kVerdict}.value("--fail-on TIERS", rule.fail_on, parse_tiers,
                                     "tiers that gate, as in 0,1 (default 0)");
    output.declare(app, Shows::results);
    show_examples(app, {"pulsebench trend", "pulsebench trend --since 7d --format markdown",
                        "pulsebench trend --fail-on 0,1 --export json=trend.json",
                        "pulsebench trend accept budget/consume --at 2026-08-09 --reason '#12'"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto trends, session::trends(session, request));
    auto page = report::trend_page(trends, rule, all);
    if (!rule.since.empty()) {
      report::add_review(page, session::reviews(session, trends, rule.since), all);
    }
    PB_CHECK(output.show(page, context.console));
    return trend::verdict_of(trends, rule).exit_code();
  }
};

struct AcceptCommand {
  session::AcceptRequest request;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}.text("BENCHMARK", request.id, "its id")->required();
    OptionGroup decision{app, "Decision"};
    decision.text("--at NIGHT", request.night, "the first night of the change, as in 2026-08-09")
        ->required();
    decision.text("--reason TEXT", request.reason, "why the change is accepted")->required();
    show_examples(app, {"pulsebench trend accept budget/consume --at 2026-08-09 --reason '#12'"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const trend::Decision made, session::accept_change(session, request));
    PB_CHECK(context.console.write(
        fmt::format("accepted: the change of {} on {}: {}\nin {}; commit it, for review\n",
                    made.id.text(), made.night, printable(made.reason, 400),
                    printable(trend::decisions_file(session.workspace.store)))));
    return kNothingGates;
  }
};

struct ResetCommand {
  std::string id, reason;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}.text("BENCHMARK", id, "its id")->required();
    OptionGroup{app, "Decision"}
        .text("--reason TEXT", reason, "why what was measured before does not count")
        ->required();
    show_examples(app, {"pulsebench trend reset budget/consume --reason 'another data set'"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const trend::Decision made, session::reset_trend(session, id, reason));
    PB_CHECK(context.console.write(
        fmt::format("a new epoch of {} begins after {}: {}\nin {}; commit it, for review\n",
                    made.id.text(), made.night, printable(made.reason, 400),
                    printable(trend::decisions_file(session.workspace.store)))));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_trend(CLI::App& app) { return declared<TrendCommand>(app); }
Execute declare_trend_accept(CLI::App& app) { return declared<AcceptCommand>(app); }
Execute declare_trend_reset(CLI::App& app) { return declared<ResetCommand>(app); }

}  // namespace pulsebench::app
