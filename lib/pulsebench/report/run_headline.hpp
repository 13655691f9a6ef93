#pragma once

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/page.hpp"
#include "pulsebench/report/run_page.hpp"

namespace pulsebench::report {

/// The verdict of a run: "tier 0: 17 of 17 within target; noise at most 0.8 %". What was
/// interrupted or has no measurement comes first, too few launches last. Pure.
[[nodiscard]] render::Headline run_headline(const baseline::Document& document,
                                            const TierDemands& demands);

}  // namespace pulsebench::report
