#pragma once

#include <span>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// A kind of result that a comparison shows under one title.
struct GroupKind {
  const char* title;
  render::Tone tone;
  render::Mark mark;
  bool changed;    ///< shown with `--only-changed`
  bool unchanged;  ///< shown with `--all` alone
};

struct Group {
  const GroupKind* kind;
  std::vector<const compare::Judged*> members;  ///< in the comparison's order; never empty
};

/// The groups that have members, worst first. Pure; they point into `comparison`.
[[nodiscard]] std::vector<Group> groups_of(const compare::Comparison& comparison);

}  // namespace pulsebench::report
