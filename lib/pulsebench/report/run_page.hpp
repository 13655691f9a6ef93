#pragma once

#include <array>
#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/render/page.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench::report {

/// What the tiers require of a result that is shown.
struct TierDemands {
  std::array<int, kTierCount> launches{};       ///< of the default preset; 0: no demand
  std::array<Percent, kTierCount> robust_cv{};  ///< at most; 0: no demand
};

[[nodiscard]] TierDemands demands_of(const config::Config& config);

struct RunPageOptions {
  TierDemands demands = {};
  std::string saved_as = {};  ///< "main", or a path; empty: not shown
  render::Next next = {};
  bool enforce_targets = false;  ///< a missed target fails the run
};

/// The result of a run: the verdict, a box with a section for each tier and one for the floors, a
/// table for each other thing that was measured, then failures, warnings and the facts of the run.
/// The page refers to `document`, which must outlive it.
[[nodiscard]] render::Page run_page(const baseline::Document& document,
                                    const RunPageOptions& options);

/// `baseline show`: the same, and all that was recorded about the run: git, build, machine, state.
[[nodiscard]] render::Page baseline_page(const baseline::Document& document,
                                         const RunPageOptions& options);

}  // namespace pulsebench::report
