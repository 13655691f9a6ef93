#pragma once

#include <span>
#include <string>
#include <vector>

#include "pulsebench/trend/decisions.hpp"
#include "pulsebench/trend/history.hpp"
#include "pulsebench/trend/trend.hpp"
#include "pulsebench/trend/watch.hpp"

namespace pulsebench::trend {

/// The levels that alerts divide a series of costs into; none where there are no costs.
[[nodiscard]] std::vector<Level> levels_between(std::span<const Cost> costs,
                                                std::span<const Alert> alerts);

/// Judges every benchmark of a history. `today`, YYYY-MM-DD, decides whether the newest night is
/// late. Pure.
[[nodiscard]] Trend judge(const History& history, const Decisions& decisions,
                          const std::string& today, const WatchRule& rule = {});

}  // namespace pulsebench::trend
