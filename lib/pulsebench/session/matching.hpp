#pragma once

#include <map>
#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/session/ab.hpp"
#include "pulsebench/session/sides.hpp"

namespace pulsebench::session {

/// Which benchmarks of two sides are measured against each other.
struct Matched {
  std::vector<run::Subject> subjects;
  std::vector<bool> alike;  ///< for each subject: whether both builds place its code alike
  std::vector<compare::Judged> left_out;       ///< on one side only, or not the same thing
  std::map<BenchmarkId, BenchmarkId> old_ids;  ///< of renamed ones, by their id here
  std::vector<std::string> unused_rules;       ///< of `--map` or `--rival`
};

/// Renames the benchmarks of the old side by the maps or rivals of `request`, and pairs those that
/// have one id. `not_comparable` where there is no pair, `nothing_measured` where all pairs measure
/// different things, `bad_input` where nothing is selected or a rule cannot be applied.
[[nodiscard]] Result<Matched> match_sides(const BothSides& sides, const AbRequest& request,
                                          const config::Config& config, const Session& session);

}  // namespace pulsebench::session
