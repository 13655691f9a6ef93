#pragma once

#include "pulsebench/compare/live_decision.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::compare {

/// What one block says: d₁ of the visits' 25 % quantiles, d₂ of their guards, where they have one;
/// else of the means of their undisturbed slices, or of their medians where a side has fewer than
/// four of those (`docs/design/verdict.md` (iii) 2). Both are oriented as `info` says: above zero
/// is worse. Precondition: both visits have slices, and what `oriented_log_ratio` needs holds for
/// each.
[[nodiscard]] BlockChange block_change(const Visit& old_side, const Visit& new_side,
                                       const BenchmarkInfo& info);

/// The 25 % quantile of a visit's slices, by which a side is shown.
[[nodiscard]] double low_quantile(const Visit& visit);

}  // namespace pulsebench::compare
