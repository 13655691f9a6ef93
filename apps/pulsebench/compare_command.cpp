#include "commands.hpp"
#include "comparison_output.hpp"
#include "next_step.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/session/compare.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

struct CompareCommand {
  session::CompareRequest request;
  bool strict = false;
  bool no_confirm = false;
  ComparisonOutput output;

  void declare(CLI::App& app) {
    OptionGroup arguments{app, kArguments};
    arguments.text("BASE", request.base, "a baseline, a file, last, or - for standard input")
        ->required();
    arguments.text("NEW", request.candidate, "the result to judge (default last: the newest run)");
    declare_maps(app, request.maps);
    declare_gates(app, request.gates, strict);
    OptionGroup{app, kVerdict}.value("--on-mismatch HOW", request.warn_on_mismatch,
                                     one_of<bool>({{"refuse", false}, {"warn", true}}),
                                     "results of two machines: refuse or warn (default refuse)");
    OptionGroup again{app, "Doubtful results"};
    again.flag("--no-confirm", no_confirm,
               "leave them inconclusive (default: re-measure both sides)");
    again.value("--time-budget TIME", request.again.budget_seconds, parse_duration,
                "start no new block after this long, as in 60s");
    declare_machine(app, request.again);
    output.declare(app, request.explain);
    show_examples(app, {"pulsebench compare main pr-123", "pulsebench compare main --threshold 0=3",
                        "pulsebench compare main pr-123 --format json -o verdict.json"});
  }

  Result<int> execute(Context& context) {
    request.confirm = !no_confirm;
    PB_TRY(auto session, context.open_session());
    PB_CHECK(output.begin(session, context.console));
    PB_TRY(const auto result, session::compare(session, request));
    const int code = compare::exit_code_of(result.comparison, strict, result.interrupted_by);
    PB_CHECK(output.show(result.comparison, code,
                         next_after_compare(result.comparison, request, code), context.console,
                         report::ComparedResults{result.results->first, result.results->second}));
    return code;
  }
};

}  // namespace

Execute declare_compare(CLI::App& app) { return declared<CompareCommand>(app); }

}  // namespace pulsebench::app
