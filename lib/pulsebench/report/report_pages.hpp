#pragma once

#include "pulsebench/report/comparison_page.hpp"
#include "pulsebench/report/run_page.hpp"

/// The pages of `pulsebench report`, which are forwarded: they say all that their documents say.
namespace pulsebench::report {

/// The page of a run, with what was recorded about the machine and its state, and the reason of
/// each absence. The page refers to `document`, which must outlive it.
[[nodiscard]] render::Page result_report(const baseline::Document& document,
                                         const RunPageOptions& options);

/// The page of a comparison, every benchmark in a line of its own. Where the results are at hand,
/// with what was recorded about both sides.
[[nodiscard]] render::Page comparison_report(const compare::Comparison& comparison,
                                             ComparisonPageOptions options);

}  // namespace pulsebench::report
