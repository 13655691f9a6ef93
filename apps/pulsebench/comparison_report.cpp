#include "comparison_report.hpp"

#include "pulsebench/report/comparison_json.hpp"
#include "pulsebench/report/comparison_table.hpp"

namespace pulsebench::app {

using compare::Comparison;

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
