#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/report/noise_page.hpp"
#include "pulsebench/report/proof_page.hpp"
#include "pulsebench/session/noise.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

struct NoiseCommand {
  session::NoiseRequest request;
  std::optional<Percent> inject;
  std::optional<int> rounds;
  bool strict = false;
  Output output;

  void declare(CLI::App& app) {
    declare_paired(app, request.paired,
                   "measure each benchmark for this many (default: 32; with --inject as ab)");
    OptionGroup{app, kWhatToMeasure}.texts("--exe FILE", request.executables,
                                           "a suite executable, instead of the configured ones");
    declare_command(app, request.command);
    OptionGroup proof{app, "Self-proof"};
    CLI::Option* const added =
        proof.value("--inject PERCENT", inject, parse_percent,
                    "add this much work in half of the decisions, as in 7, and count the errors");
    proof
        .value("--rounds NUMBER", rounds, whole_number(1, 100'000),
               "decisions for each benchmark (default: 4, or as many as the time budget allows)")
        ->needs(added);
    declare_threshold(app, request.gates);
    OptionGroup{app, kVerdict}.flag("--strict", strict,
                                    "exit with 5 if a threshold cannot be supported");
    output.declare(app);
    show_examples(app,
                  {"pulsebench noise --tier 0", "pulsebench noise --time-budget 60s",
                   "pulsebench noise --command 'gzip -6 -c data'",
                   "pulsebench noise --filter '^hooks/' --inject 7 --rounds 10   # error rates"});
  }

  Result<int> execute(Context& context) {
    PB_TRY(const auto session, context.open_session());
    return inject ? prove(session, context.console) : measure(session, context.console);
  }

  Result<int> measure(const session::Session& session, const Console& console) const {
    PB_TRY(const auto result, session::noise(session, request));
    const int code = compare::exit_code_of(result.report, strict, result.interrupted_by);
    PB_CHECK(output.show(report::noise_page(result.report, code), console));
    return code;
  }

  Result<int> prove(const session::Session& session, const Console& console) const {
    PB_TRY(const auto result, session::prove(session, request, {*inject, rounds}));
    const int code = compare::exit_code_of(result.proof, result.interrupted_by);
    PB_CHECK(output.show(report::proof_page(result.proof, code), console));
    return code;
  }
};

}  // namespace

Execute declare_noise(CLI::App& app) { return declared<NoiseCommand>(app); }

}  // namespace pulsebench::app
