#pragma once

#include <optional>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/page.hpp"
#include "pulsebench/report/evidence.hpp"

namespace pulsebench::report {

/// Which benchmarks a comparison lists.
enum class Rows {
  folded,        ///< all, the unchanged ones in one line
  only_changed,  ///< `--only-changed`: regressed and improved alone
  all,           ///< each in a line of its own
};

struct ComparisonPageOptions {
  Rows rows = Rows::folded;
  int exit_code = 0;  ///< what this comparison makes the command exit with
  render::Next next = {};
  std::optional<ComparedResults> results = {};  ///< which were compared, where they are at hand
};

/// A comparison: the verdict of the run and the exit code first, then the benchmarks by verdict,
/// worst first, then notes and warnings. The page refers to `comparison` and to the results, which
/// must outlive it.
[[nodiscard]] render::Page comparison_page(const compare::Comparison& comparison,
                                           const ComparisonPageOptions& options);

}  // namespace pulsebench::report
