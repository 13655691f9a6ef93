#pragma once

#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/page.hpp"

/// What the page of a comparison is made of.
namespace pulsebench::report {

/// Why the verdict of the run is what it is: "1 of 22 benchmarks is slower beyond its threshold;
/// tier 0 gates". It stands after the verdict's name and a colon, without a line break. Pure.
[[nodiscard]] std::string headline(const compare::Comparison& comparison);

[[nodiscard]] render::Tone tone_of(compare::RunVerdict verdict);

/// What the reader has to know beside the figures: an approval, the p-value of the rule that
/// decided, a doubt, a reason. Empty for what did not change.
[[nodiscard]] render::Text remarks_on(const compare::Judged& judged);

/// What a reader may want to know besides, with `--explain`: z, launches and blocks, throughput.
[[nodiscard]] render::Text details_on(const compare::Judged& judged);

/// What concerns the comparison as a whole: a corrected clock, what was measured again, where the
/// noise between runs is known from, the seed, warnings.
[[nodiscard]] std::vector<render::Block> comparison_notes(const compare::Comparison& comparison);

}  // namespace pulsebench::report
