#include "compare_command.hpp"

#include <algorithm>
#include <cctype>

#include "comparison_report.hpp"
#include "context.hpp"
#include "pulsebench/compare/exit_code.hpp"

namespace pulsebench::app {
namespace {

/// The id, where a shell takes it as it stands: it is untrusted text.
std::string plain(const std::string& id) {
  const bool safe = std::all_of(id.begin(), id.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '.';
  });
  return safe ? id : "ID";
}

std::string next_command(const compare::Comparison& comparison,
                         const session::CompareRequest& request, int code) {
  if (code == kNothingGates || code == kNotComparable) return {};
  for (const compare::Judged& judged : comparison.benchmarks) {
    const bool fails = judged.gates && judged.verdict == compare::Verdict::regressed;
    if (code != kRegressed || !fails || judged.approved) continue;
    const std::string base = request.base == "main" ? "" : " --base " + request.base;
    return "fix it, or accept it with a reason: pulsebench baseline approve " +
           plain(judged.info.id.text()) + base + " --new " + request.candidate + " --reason TEXT";
  }
  if (code == kRegressed) {
    return "restore what is missing, or accept that it is gone: pulsebench compare " +
           request.base + " " + request.candidate + " --allow-missing";
  }
  return "look closer: pulsebench run --preset rigorous --like " + request.base + " --save " +
         "closer && pulsebench compare " + request.base + " closer";
}

}  // namespace

int compare_command(const Invocation& invocation, const CompareOptions& options,
                    const Console& console) {
  const auto session = open_session(invocation.common, console);
  if (!session) return console.fail(session.error());
  const auto result = session::compare(*session, options.request);
  if (!result) return console.fail(result.error());
  const compare::Comparison& comparison = result->comparison;
  const int code = compare::exit_code_of(comparison, options.strict, result->interrupted_by);
  const auto written =
      console.write(comparison_report(comparison, options.shown, code,
                                      next_command(comparison, options.request, code), console),
                    options.shown.output);
  return written ? code : console.fail(written.error());
}

}  // namespace pulsebench::app
