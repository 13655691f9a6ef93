#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/harness/ticks.hpp"

/// Detects a core that is temporarily slow, which the kernel cannot see. Another thread on the same
/// core (SMT; in a guest, another guest's) slows a simple loop by half for some milliseconds, in
/// wall and CPU time. A lowered clock does the same.
namespace pulsebench::harness {

/// Ticks of a fixed amount of work, about 1 us. It fills the core with independent additions in
/// registers, because only a full core shows that it is shared. A warm-up removes the effect of
/// earlier code.
[[nodiscard]] std::uint64_t probe_core_speed(const TickClock& clock);

/// Marks the slow slices of n, from n + 1 readings before, between and after them. A slice is slow
/// if a reading beside it is more than 15 % above the usual one, the 10 % quantile of all.
/// Precondition: at least one reading.
[[nodiscard]] std::vector<bool> slowed(std::span<const std::uint64_t> readings);

}  // namespace pulsebench::harness
