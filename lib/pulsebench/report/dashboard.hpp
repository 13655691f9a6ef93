#pragma once

#include <array>
#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/render/style.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench::report {

/// What the tiers ask of a result that is shown.
struct TierDemands {
  std::array<int, kTierCount> launches{};       ///< of the default preset; 0: no demand
  std::array<Percent, kTierCount> robust_cv{};  ///< at most; 0: no demand
};

[[nodiscard]] TierDemands demands_of(const config::Config& config);

struct DashboardOptions {
  TierDemands demands = {};
  std::string saved_as = {};      ///< "main", or a path; empty: not said
  std::string next_command = {};  ///< the likely next one; empty: none
};

/// A result for a terminal: the verdict of the run in the first line, then a box with a section a
/// tier and one for the floors, then failures, warnings, the facts of the run, where it was saved
/// and what to do next. Ends in a newline. Pure.
[[nodiscard]] std::string dashboard(const baseline::Document& document,
                                    const DashboardOptions& options, const render::Style& style);

/// The same as GitHub-flavoured Markdown, for a pull request or a job summary.
[[nodiscard]] std::string dashboard_markdown(const baseline::Document& document,
                                             const DashboardOptions& options);

}  // namespace pulsebench::report
