#include <algorithm>
#include <cctype>

#include "commands.hpp"
#include "comparison_output.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/session/compare.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

/// The id, where a shell takes it as it stands: it is untrusted text.
std::string plain(const std::string& id) {
  const bool safe = std::all_of(id.begin(), id.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '.';
  });
  return safe ? id : "ID";
}

render::Next next_step(const compare::Comparison& comparison,
                       const session::CompareRequest& request, int code) {
  if (code == kNothingGates || code == kNotComparable) return {};
  for (const compare::Judged& judged : comparison.benchmarks) {
    const bool fails = judged.gates && judged.verdict == compare::Verdict::regressed;
    if (code != kRegressed || !fails || judged.approved) continue;
    const std::string base = request.base == "main" ? "" : " --base " + request.base;
    return {"fix it, or accept it with a reason",
            "pulsebench baseline approve " + plain(judged.info.id.text()) + base + " --new " +
                request.candidate + " --reason TEXT"};
  }
  if (code == kRegressed) {
    return {"restore what is missing, or accept that it is gone",
            "pulsebench compare " + request.base + " " + request.candidate + " --allow-missing"};
  }
  return {"look closer", "pulsebench run --preset rigorous --like " + request.base +
                             " --save closer && pulsebench compare " + request.base + " closer"};
}

struct CompareCommand {
  session::CompareRequest request;
  bool strict = false;
  bool no_confirm = false;
  ComparisonOutput output;

  void declare(CLI::App& app) {
    OptionGroup arguments{app, kArguments};
    arguments.text("BASE", request.base, "a baseline, a file, last, or - for standard input")
        ->required();
    arguments.text("NEW", request.candidate, "the result to judge")->required();
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
    output.declare(app);
    show_examples(app,
                  {"pulsebench compare main pr-123", "pulsebench compare main last --threshold 0=3",
                   "pulsebench compare main pr-123 --format json -o verdict.json"});
  }

  Result<int> execute(Context& context) {
    request.confirm = !no_confirm;
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto result, session::compare(session, request));
    const int code = compare::exit_code_of(result.comparison, strict, result.interrupted_by);
    PB_CHECK(output.show(result.comparison, code, next_step(result.comparison, request, code),
                         context.console));
    return code;
  }
};

}  // namespace

Execute declare_compare(CLI::App& app) { return declared<CompareCommand>(app); }

}  // namespace pulsebench::app
