#pragma once

#include "output.hpp"
#include "pulsebench/report/comparison_page.hpp"

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
    output.declare(app, Shows::results);
  }

  [[nodiscard]] Result<void> show(const compare::Comparison& comparison, int exit_code,
                                  const render::Next& next, const Console& console) const {
    const auto rows = only_changed ? report::Rows::only_changed
                      : all        ? report::Rows::all
                                   : report::Rows::folded;
    return output.show(
        report::comparison_page(comparison, {.rows = rows, .exit_code = exit_code, .next = next}),
        console);
  }
};

}  // namespace pulsebench::app
