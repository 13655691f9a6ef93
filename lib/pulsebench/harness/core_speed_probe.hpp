#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/harness/ticks.hpp"

/// Whether the core gave this thread all it has. What the kernel cannot see: another thread on the
/// same core (SMT; in a guest, another guest's), whose episodes of some milliseconds slow a simple
/// loop by half, in wall and CPU time alike, and a clock that is lowered for a while.
namespace pulsebench::harness {

/// Ticks of a fixed piece of work, about 1 us: independent additions in registers, as many at once
/// as a core can take, because only what fills a core notices that it is shared. The code is warmed
/// first, so that what ran before does not show.
[[nodiscard]] std::uint64_t probe_core_speed(const TickClock& clock);

/// Of n + 1 readings, taken before, between and after n slices: for each slice whether a reading
/// beside it is more than 15 % above the usual one, the 10 % quantile of all.
/// Precondition: at least one reading.
[[nodiscard]] std::vector<bool> slowed(std::span<const std::uint64_t> readings);

}  // namespace pulsebench::harness
