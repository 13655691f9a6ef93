#pragma once

#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/report/dashboard.hpp"

namespace pulsebench::report {

/// The verdict of a run in clauses: "tier 0: 17 of 17 within target", "spread at most 0.8 %". What
/// was interrupted or has no measurement comes first, too few launches last. Pure.
[[nodiscard]] std::vector<render::Text> run_headline(const baseline::Document& document,
                                                     const TierDemands& demands);

}  // namespace pulsebench::report
