#include "pulsebench/report/comparison_groups.hpp"

#include <algorithm>

namespace pulsebench::report {
namespace {

using compare::Judged;
using compare::Verdict;
using Kind = Group::Kind;

Kind kind_of(const Judged& judged) {
  switch (judged.verdict) {
    case Verdict::regressed:
      if (judged.approved) return Kind::approved;
      return judged.gates ? Kind::regressed_gating : Kind::regressed;
    case Verdict::improved:
      return Kind::improved;
    case Verdict::unchanged:
      return Kind::unchanged;
    case Verdict::inconclusive:
      return Kind::inconclusive;
    case Verdict::not_judged:
      return judged.failed ? Kind::failed : Kind::not_judged;
  }
  return Kind::not_judged;
}

}  // namespace

const char* title_of(Kind kind) {
  switch (kind) {
    case Kind::regressed_gating:
      return "regressed";
    case Kind::regressed:
      return "regressed, not gating";
    case Kind::approved:
      return "regressed, approved";
    case Kind::failed:
      return "failed";
    case Kind::inconclusive:
      return "inconclusive";
    case Kind::improved:
      return "improved";
    case Kind::not_judged:
      return "not judged";
    case Kind::unchanged:
      return "unchanged";
  }
  return "";
}

std::vector<Group> groups_of(const compare::Comparison& comparison) {
  std::vector<Group> groups;
  for (const Kind kind : {Kind::regressed_gating, Kind::regressed, Kind::approved, Kind::failed,
                          Kind::inconclusive, Kind::improved, Kind::not_judged, Kind::unchanged}) {
    groups.push_back(Group{kind, {}});
  }
  for (const Judged& judged : comparison.benchmarks) {
    groups[static_cast<std::size_t>(kind_of(judged))].members.push_back(&judged);
  }
  std::erase_if(groups, [](const Group& group) { return group.members.empty(); });
  return groups;
}

}  // namespace pulsebench::report
