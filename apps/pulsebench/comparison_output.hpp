#pragma once

#include "output.hpp"
#include "pulsebench/report/comparison_json.hpp"
#include "pulsebench/report/comparison_table.hpp"

namespace pulsebench::app {

/// How `compare` and `ab` show a comparison.
struct ComparisonOutput {
  bool only_changed = false;
  bool all = false;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup shown{app, kOutput};
    shown.flag("--only-changed", only_changed, "leave unchanged benchmarks out");
    shown.flag("--all", all, "give each unchanged benchmark a line");
    output.declare(app);
  }

  [[nodiscard]] Result<void> show(const compare::Comparison& comparison, int exit_code,
                                  const std::string& next_command, const Console& console) const {
    const report::ComparisonOptions options{.rows = only_changed ? report::Rows::only_changed
                                                    : all        ? report::Rows::all
                                                                 : report::Rows::folded,
                                            .exit_code = exit_code,
                                            .next_command = next_command};
    return output.show(
        {.text =
             [&](const render::Style& style) {
               return report::comparison_table(comparison, options, style);
             },
         .json = [&] { return report::comparison_json(comparison, exit_code); },
         .markdown = [&] { return report::comparison_markdown(comparison, options); }},
        console);
  }
};

}  // namespace pulsebench::app
