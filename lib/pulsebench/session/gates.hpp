#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "pulsebench/config/config.hpp"

namespace pulsebench::session {

/// What of a comparison fails the run, where the request says otherwise than the configuration.
struct Gates {
  std::vector<std::pair<Tier, Percent>> thresholds = {};
  std::optional<std::set<Tier>> fail_on = {};
  bool allow_missing = false;  ///< of benchmarks that only the old side has
};

/// The configuration with the thresholds and gating tiers of the request.
[[nodiscard]] config::Config gates_for(const Gates& gates, config::Config config);

}  // namespace pulsebench::session
