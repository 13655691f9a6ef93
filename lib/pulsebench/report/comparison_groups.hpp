#pragma once

#include <vector>

#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::report {

/// Benchmarks of a comparison that are shown together.
struct Group {
  /// Worst first. `failed` has no measurement on the new side.
  enum class Kind {
    regressed_gating,
    regressed,
    approved,
    failed,
    inconclusive,
    improved,
    not_judged,
    unchanged
  };
  Kind kind;
  std::vector<const compare::Judged*> members;  ///< in the comparison's order; never empty
};

/// "regressed", "regressed, not gating", ...
[[nodiscard]] const char* title_of(Group::Kind kind);

/// The groups that have members, worst first. Pure; they point into `comparison`.
[[nodiscard]] std::vector<Group> groups_of(const compare::Comparison& comparison);

}  // namespace pulsebench::report
