#pragma once

#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// What the reader has to know beside the figures: an approval, the p-value of the rule that
/// decided, a doubt, a reason. Empty for what did not change.
[[nodiscard]] render::Text remarks_on(const compare::Judged& judged);

/// What a reader may want to know besides, with `--explain`: z, launches and blocks, throughput.
[[nodiscard]] render::Text details_on(const compare::Judged& judged);

/// What concerns the comparison as a whole: a corrected clock, what was measured again, where the
/// noise between runs is known from, the seed, warnings.
[[nodiscard]] std::vector<render::Block> comparison_notes(const compare::Comparison& comparison);

}  // namespace pulsebench::report
