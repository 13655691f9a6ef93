#pragma once

namespace pulsebench::stats {

/// Value that a standard normal variable exceeds with probability `tail`: `upper_normal(0.05)` is
/// 1.645. Computed from the upper tail, so that it stays exact where 1 - tail would round to 1.
/// Precondition: 0 < tail < 1.
[[nodiscard]] double upper_normal(double tail);

}  // namespace pulsebench::stats
