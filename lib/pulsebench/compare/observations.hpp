#pragma once

#include <optional>
#include <span>
#include <vector>

#include "pulsebench/compare/reason.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::compare {

/// What a reader should know of one side's launches. Nothing is left out of a verdict for it.

/// `two_modes`; empty where the values (the 25 % quantile of each launch, ns, in any order) have
/// one mode, or two less than 1 % apart.
[[nodiscard]] std::optional<Reason> modes_seen(std::span<const double> launches, Side side);

/// `slices_disturbed`; empty below 10 %.
[[nodiscard]] std::optional<Reason> disturbances_seen(std::span<const Visit> visits, Side side);

/// Both, of the visits of a side that was measured live.
[[nodiscard]] std::vector<Reason> seen_live(std::span<const Visit> visits, Side side);

}  // namespace pulsebench::compare
