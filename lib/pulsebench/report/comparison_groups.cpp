#include "pulsebench/report/comparison_parts.hpp"

#include <array>
#include <cstddef>

namespace pulsebench::report {
namespace {

using compare::Judged;
using compare::Verdict;
using render::Mark;
using render::Tone;

/// Worst first, in the order of `kKinds`. `failed` has no measurement on the new side.
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

constexpr std::array<GroupKind, 8> kKinds{
    {{"regressed", Tone::bad, Mark::missed, true, false},
     {"regressed, not gating", Tone::doubtful, Mark::attention, true, false},
     {"regressed, approved", Tone::doubtful, Mark::attention, true, false},
     {"failed", Tone::bad, Mark::missed, true, false},
     {"inconclusive", Tone::doubtful, Mark::unsure, false, false},
     {"improved", Tone::good, Mark::met, true, false},
     {"not judged", Tone::quiet, Mark::unsure, false, false},
     {"unchanged", Tone::good, Mark::met, false, true}}};

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

std::vector<Group> groups_of(const compare::Comparison& comparison) {
  std::vector<Group> groups;
  for (const GroupKind& kind : kKinds) groups.push_back({&kind, {}});
  for (const Judged& judged : comparison.benchmarks) {
    groups[static_cast<std::size_t>(kind_of(judged))].members.push_back(&judged);
  }
  std::erase_if(groups, [](const Group& group) { return group.members.empty(); });
  return groups;
}

}  // namespace pulsebench::report
