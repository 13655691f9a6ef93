#include "comparison_report.hpp"

#include <algorithm>

#include "exit_code.hpp"
#include "pulsebench/report/comparison_json.hpp"
#include "pulsebench/report/comparison_table.hpp"

namespace pulsebench::app {

using compare::Comparison;
using compare::Judged;
using compare::Verdict;

int exit_code_of(const Comparison& comparison, bool strict) {
  const auto any = [&](auto holds) {
    return std::any_of(comparison.benchmarks.begin(), comparison.benchmarks.end(), holds);
  };
  if (comparison.fails_gate()) return kRegressed;
  if (!comparison.judged_nothing() && comparison.misses_gating()) return kRegressed;
  if (any([](const Judged& b) { return b.failed; })) return kNotMeasured;
  if (comparison.judged_nothing()) return kNotComparable;
  const auto open = [](const Judged& b) {
    return b.verdict == Verdict::inconclusive && !b.oversubscribed;
  };
  if (strict && any(open)) {
    return kInconclusive;
  }
  return kNothingGates;
}

std::string comparison_report(const Comparison& comparison, const ShownOptions& options,
                              int exit_code, const std::string& next_command,
                              const Console& console) {
  const report::ComparisonOptions shown{.rows = options.only_changed ? report::Rows::only_changed
                                                : options.all        ? report::Rows::all
                                                                     : report::Rows::folded,
                                        .exit_code = exit_code,
                                        .next_command = next_command};
  switch (options.format) {
    case Format::json:
      return report::comparison_json(comparison, exit_code);
    case Format::markdown:
      return report::comparison_markdown(comparison, shown);
    case Format::text:
      break;
  }
  return report::comparison_table(comparison, shown, console.style_for(options.output));
}

}  // namespace pulsebench::app
