#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/reason.hpp"
#include "pulsebench/config/config.hpp"

namespace pulsebench::compare {

/// A fact that differs; empty where a side does not know it.
struct FactChange {
  std::string name, before, after;
};

/// The facts that the two sides do not share, in the order of `before`, then what it lacks.
[[nodiscard]] std::vector<FactChange> changed_facts(const NamedFacts& before,
                                                    const NamedFacts& after);

/// What a reader should know of the two results before believing the verdicts:
/// interrupted runs, fewer launches than the tiers ask for, uncommitted changes, facts of the
/// machine that drifted, and whether both were measured with the same binaries.
[[nodiscard]] std::vector<Reason> warnings_about(const baseline::Document& base,
                                                 const baseline::Document& candidate,
                                                 const config::Config& config);

}  // namespace pulsebench::compare
