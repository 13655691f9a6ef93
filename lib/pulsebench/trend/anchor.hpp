#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pulsebench::trend {

/// What a night knows of the anchor, for one benchmark.
struct AnchorCost {
  std::optional<double> log_cost = {};  ///< ln of what the anchor binary took; absent: not measured
  std::string anchor = {};              ///< which binary it was
};

/// How far the machine has drifted in each night of one epoch, as a difference of logarithms: what
/// the anchor took, against the median of its first 9 nights. A night in which it was not measured
/// has the drift of the night before; there is none before the first measurement. A new anchor
/// binary goes on from where the one before ended.
[[nodiscard]] std::vector<std::optional<double>> drift_of(std::span<const AnchorCost> nights);

/// Below this share the drift is noise of the anchor itself, and nothing is taken out.
inline constexpr double kLeastDrift = 0.01;

}  // namespace pulsebench::trend
