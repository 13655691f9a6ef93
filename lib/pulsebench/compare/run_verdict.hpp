#pragma once

#include <array>

#include <cstddef>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::compare {

/// The verdict of a comparison as a whole: the worst that one of its benchmarks has.
enum class RunVerdict {
  regressed,
  missing,  ///< a benchmark of a tier that gates is gone, and that is not allowed
  failed,
  inconclusive,
  approved,  ///< all that regressed is approved
  improved,
  unchanged,
  not_judged
};

/// How many benchmarks have which verdict. `regressed` and `gating` are those that nobody approved.
struct Census {
  std::ptrdiff_t all = 0, regressed = 0, gating = 0, missing = 0, failed = 0, inconclusive = 0,
                 improved = 0, unchanged = 0, approved = 0;
};

/// Pure, as the verdict is.
[[nodiscard]] Census census_of(const Comparison& comparison);
[[nodiscard]] RunVerdict verdict_of(const Comparison& comparison);

}  // namespace pulsebench::compare

namespace pulsebench {

template <>
inline constexpr std::array<Named<compare::RunVerdict>, 8> kNames<compare::RunVerdict>{
    {{compare::RunVerdict::regressed, "regressed"},
     {compare::RunVerdict::missing, "missing"},
     {compare::RunVerdict::failed, "failed"},
     {compare::RunVerdict::inconclusive, "inconclusive"},
     {compare::RunVerdict::approved, "approved"},
     {compare::RunVerdict::improved, "improved"},
     {compare::RunVerdict::unchanged, "unchanged"},
     {compare::RunVerdict::not_judged, "not_judged"}}};

}  // namespace pulsebench
