#pragma once

#include "pulsebench/compare/live_decision.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::compare {

/// What one block says: d₁ of the visits' 25 % quantiles, d₂ of the means of their undisturbed
/// slices, or of their medians where a side has fewer than four of those (`docs/design/verdict.md`
/// (iii) 2). Precondition: both visits have slices, and no slice is free.
[[nodiscard]] BlockChange block_change(const Visit& old_side, const Visit& new_side);

/// The 25 % quantile of a visit's slices, by which a side is shown.
[[nodiscard]] double low_quantile(const Visit& visit);

}  // namespace pulsebench::compare
