#include <tuple>

#include "commands.hpp"
#include "comparison_output.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/session/ab.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

/// The likely next one: what was flagged is looked at again alone, what is open gets more blocks.
render::Next next_step(const session::AbRequest& request, const compare::Comparison& comparison) {
  using compare::Verdict;
  if (!request.maps.empty() || !request.rivals.empty() || request.commands)
    return {};  // words that need quoting
  const std::string sides = "pulsebench ab " + printable(request.old_side) +
                            (request.new_side.empty() ? "" : " " + printable(request.new_side)) +
                            (request.merge_base ? " --merge-base" : "");
  for (const auto& [verdict, what, more] :
       {std::tuple{Verdict::regressed, "look at it alone", ""},
        {Verdict::inconclusive, "settle it", " --max-blocks 1000"}}) {
    for (const compare::Judged& judged : comparison.benchmarks) {
      const std::string& id = judged.info.id.text();
      if (judged.verdict != verdict || id.find_first_of("'\\^$.|?*+()[]{}") != std::string::npos) {
        continue;
      }
      return {what, sides + " --filter '^" + id + "$'" + more};
    }
  }
  if (!comparison.misses_gating()) return {};
  return {"restore what is missing, or accept that it is gone", sides + " --allow-missing"};
}

struct AbCommand {
  session::AbRequest request;
  bool strict = false;
  ComparisonOutput output;

  void declare(CLI::App& app) {
    OptionGroup arguments{app, kArguments};
    arguments
        .text("OLD", request.old_side,
              "a build folder, an executable, a git revision, or a command line with --command")
        ->required();
    arguments.text("NEW", request.new_side,
                   "the same, to be judged (default: the working tree, built in a copy)");
    OptionGroup sides{app, kWhatToMeasure};
    sides.flag("--command", request.commands,
               "OLD and NEW are command lines, run without a shell: their time and memory are "
               "compared");
    sides.flag("--merge-base", request.merge_base,
               "the old side is the commit where the new side forked from OLD");
    sides.flag("--affected", request.affected,
               "measure only benchmarks that execute a function which differs between the sides, "
               "and a few others as controls");
    sides.values("--rival REGEX=NAME", request.rivals, session::Renaming::parse,
                 "compare benchmarks of one program: those that the expression matches are the old "
                 "side, as in 'BM_std_(.*)=BM_mine_$1'; may be repeated");
    declare_paired(app, request.paired,
                   "give up on a benchmark after this many (default: 128, and on to 256 within "
                   "3 s)");
    OptionGroup{app, kWhatToMeasure}.values(
        "--inject ID=PERCENT", request.paired.selection.inject, parse_injection,
        "add work to the new side on purpose, as in budget/consume=15 (percent)");
    OptionGroup{app, kVerdict}.value(
        "--family NUMBER", request.paired.family, whole_number(1, 1'000'000),
        "benchmarks that share that probability, where this is a part of a larger run (default: "
        "those measured here)");
    declare_maps(app, request.maps);
    declare_gates(app, request.gates, strict);
    output.declare(app, request.explain);
    show_examples(app,
                  {"pulsebench ab build/old build/new",
                   "pulsebench ab old/bench new/bench       # any two Google Benchmark programs",
                   "pulsebench ab main                      # and the working tree",
                   "pulsebench ab origin/main --merge-base  # what this branch changed",
                   "pulsebench ab main HEAD --filter '^hooks/'",
                   "pulsebench ab --command 'gzip -6 -c data' 'zstd -3 -c data'",
                   "pulsebench ab bench --rival 'BM_std_(.*)=BM_mine_$1'"});
  }

  Result<int> execute(Context& context) {
    PB_TRY(auto session, context.open_session());
    PB_CHECK(output.begin(session, context.console));
    PB_TRY(const auto result, session::ab(session, request));
    const int code = compare::exit_code_of(result.comparison, strict, result.interrupted_by);
    PB_CHECK(output.show(result.comparison, code, next_step(request, result.comparison),
                         context.console));
    return code;
  }
};

}  // namespace

Execute declare_ab(CLI::App& app) { return declared<AbCommand>(app); }

}  // namespace pulsebench::app
