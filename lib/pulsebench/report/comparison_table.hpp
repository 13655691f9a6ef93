#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// Which benchmarks a comparison lists.
enum class Rows {
  folded,        ///< all, the unchanged ones in one line
  only_changed,  ///< `--only-changed`: regressed and improved alone
  all,           ///< each in a line of its own
};

struct ComparisonOptions {
  Rows rows = Rows::folded;
  int exit_code = 0;              ///< what this comparison makes the command exit with
  std::string next_command = {};  ///< the likely next one; empty: none
};

/// A comparison for a terminal: the verdict of the run and the exit code in the first line, then
/// the benchmarks by verdict, worst first, then warnings and what to do next. Ends in a newline.
/// Pure.
[[nodiscard]] std::string comparison_table(const compare::Comparison& comparison,
                                           const ComparisonOptions& options,
                                           const render::Style& style);

/// The same as GitHub-flavoured Markdown.
[[nodiscard]] std::string comparison_markdown(const compare::Comparison& comparison,
                                              const ComparisonOptions& options);

}  // namespace pulsebench::report
