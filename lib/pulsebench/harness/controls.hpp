#pragma once

#include <cstdint>
#include <optional>

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

}  // namespace pulsebench::harness
