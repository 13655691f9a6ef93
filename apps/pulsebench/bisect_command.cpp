#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/bisect_page.hpp"
#include "pulsebench/session/bisect.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

struct BisectCommand {
  session::BisectRequest request;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup arguments{app, kArguments};
    arguments.text("GOOD", request.good, "a git revision that is fast; it has to build")
        ->required();
    arguments.text("BAD", request.bad, "a later revision that is slow")->required();
    OptionGroup{app, kWhatToMeasure}
        .text("--filter ID", request.paired.selection.filter,
              "the benchmark: its id, or a regular expression that matches one id")
        ->required();
    declare_programs(app, request.paired.selection.options);
    OptionGroup how_long{app, kHowLong};
    how_long.value("--max-blocks NUMBER", request.paired.max_blocks, whole_number(4, 10'000),
                   "give up on a commit after this many (default: 128, and on to 256 within 3 s); "
                   "then once more with at least 1000");
    how_long.value("--seed NUMBER", request.paired.seed, parse_seed,
                   "seed for the order of processes (default: random)");
    OptionGroup{app, kVerdict}.value(
        "--family-alpha PROB", request.paired.family_alpha, parse_probability,
        "maximum probability of any false alarm in the whole search (default 0.01)");
    declare_threshold(app, request.gates);
    declare_machine(app, request.paired);
    output.declare(app);
    show_examples(app, {"pulsebench bisect v1.0 main --filter budget/consume",
                        "pulsebench bisect HEAD~16 HEAD --filter '^BM_Sort/4096$' --threshold 3"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto bisection, session::bisect(session, request));
    const int code = compare::exit_code_of(bisection);
    PB_CHECK(output.show(report::bisect_page(bisection, code), context.console));
    return code;
  }
};

}  // namespace

Execute declare_bisect(CLI::App& app) { return declared<BisectCommand>(app); }

}  // namespace pulsebench::app
