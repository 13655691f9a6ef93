#include "ab_command.hpp"

#include <tuple>

#include "comparison_report.hpp"
#include "context.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::app {
namespace {

using compare::Verdict;

/// The likely next one: what was flagged is looked at again alone, what is open gets more blocks.
std::string next_command(const session::AbRequest& request, const compare::Comparison& comparison) {
  const std::string sides =
      "pulsebench ab " + printable(request.old_side) + " " + printable(request.new_side);
  for (const auto& [verdict, what, more] :
       {std::tuple{Verdict::regressed, "look at it alone: ", ""},
        {Verdict::inconclusive, "settle it: ", " --max-blocks 1000"}}) {
    for (const compare::Judged& judged : comparison.benchmarks) {
      const std::string& id = judged.info.id.text();
      if (judged.verdict != verdict || id.find_first_of("'\\^$.|?*+()[]{}") != std::string::npos) {
        continue;
      }
      return what + sides + " --filter '^" + id + "$'" + more;
    }
  }
  if (!comparison.misses_gating()) return {};
  return "restore what is missing, or accept that it is gone: " + sides + " --allow-missing";
}

}  // namespace

int ab_command(const Invocation& invocation, const AbOptions& options, const Console& console) {
  const auto session = open_session(invocation.common, console);
  if (!session) return console.fail(session.error());
  const auto result = session::ab(*session, options.request);
  if (!result) return console.fail(result.error());
  const compare::Comparison& comparison = result->comparison;
  const int code = compare::exit_code_of(comparison, options.strict, result->interrupted_by);
  const auto written =
      console.write(comparison_report(comparison, options.shown, code,
                                      next_command(options.request, comparison), console),
                    options.shown.output);
  return written ? code : console.fail(written.error());
}

}  // namespace pulsebench::app
