#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

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

/// `"regressed"`, `"not_judged"`, ...: as the JSON output spells it.
[[nodiscard]] const char* name_of(RunVerdict verdict);
[[nodiscard]] const char* name_of(compare::Verdict verdict);

/// Pure.
[[nodiscard]] RunVerdict verdict_of(const compare::Comparison& comparison);

/// Why the verdict is what it is: "1 of 22 benchmarks is slower beyond its threshold; tier 0
/// gates". Stands after the verdict's name and a colon; no line break. Pure.
[[nodiscard]] std::string headline(const compare::Comparison& comparison);

}  // namespace pulsebench::report
