#pragma once

#include <string>
#include <string_view>

#include "pulse/metrics.hpp"
#include "pulse/tier_manager.hpp"

namespace pulse::console {

/// Counts of the manager, its resources and `metrics` (null: none), in Prometheus's exposition
/// format 0.0.4.
[[nodiscard]] std::string prometheus_text(const TierManager& tiers, const Metrics* metrics);

/// Answer to an HTTP request of which all headers have come: `GET /metrics` or an error.
[[nodiscard]] std::string http_answer(std::string_view request, const TierManager& tiers,
                                      const Metrics* metrics);

}  // namespace pulse::console
