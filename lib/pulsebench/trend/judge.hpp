#pragma once

#include <string>

#include "pulsebench/trend/decisions.hpp"
#include "pulsebench/trend/history.hpp"
#include "pulsebench/trend/trend.hpp"
#include "pulsebench/trend/watch.hpp"

namespace pulsebench::trend {

/// Judges every benchmark of a history. `today`, YYYY-MM-DD, decides whether the newest night is
/// late. Pure.
[[nodiscard]] Trend judge(const History& history, const Decisions& decisions,
                          const std::string& today, const WatchRule& rule = {});

}  // namespace pulsebench::trend
