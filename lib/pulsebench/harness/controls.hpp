#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "pulsebench/harness/ticks.hpp"

namespace pulsebench::harness {

/// Time of one step of the reference kernel in ns. The kernel is a dependent chain in registers
/// (xorshift64*, Vigna 2016), so it depends on the clock frequency only. Lower quartile of twelve
/// turns of about 25 us.
[[nodiscard]] double reference_ns(const TickClock& clock);

/// Time of a turn of the empty loop if `ns_per_op` is not longer: the operation fits into the cycle
/// that the loop takes anyway. Absent otherwise. `reference` is the reference kernel's step of
/// about nine cycles; operations above three cycles are absent without a measurement.
[[nodiscard]] std::optional<double> hidden_in_the_loop(const TickClock& clock, double ns_per_op,
                                                       double reference);

/// Runs `times` turns of an empty loop: the control that a benchmark has to exceed.
void empty_loop(std::uint64_t times);

/// Ticks of a fixed amount of work, about 1 us: detects a core that is temporarily slow, which the
/// kernel cannot see. Another thread on the same core (SMT; in a guest, another guest's) slows a
/// simple loop by half for some milliseconds, in wall and CPU time; so does a lowered clock. It
/// fills the core with independent additions in registers, because only a full core shows that it
/// is shared. A warm-up removes the effect of earlier code.
[[nodiscard]] std::uint64_t probe_core_speed(const TickClock& clock);

/// Marks the slow slices of n, from n + 1 readings before, between and after them. A slice is slow
/// if a reading beside it is more than 15 % above the usual one, the 10 % quantile of all.
/// Precondition: at least one reading.
[[nodiscard]] std::vector<bool> slowed(std::span<const std::uint64_t> readings);

}  // namespace pulsebench::harness
