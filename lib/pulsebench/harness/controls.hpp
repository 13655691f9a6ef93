#pragma once

#include <cstdint>
#include <optional>

#include "pulsebench/harness/ticks.hpp"

namespace pulsebench::harness {

/// ns for one step of the reference kernel, a dependent chain in registers (xorshift64*, Vigna
/// 2016): it moves with the clock frequency and with nothing else. Lower quartile of a few turns
/// of about 25 us.
[[nodiscard]] double reference_ns(const TickClock& clock);

/// What a turn of the empty loop takes, where `ns_per_op` is no longer: the operation fits into the
/// cycle that its loop takes anyway. Absent for all that is above. `reference` is the reference
/// kernel's step of some nine cycles: where three of them have gone by, nobody need ask.
[[nodiscard]] std::optional<double> hidden_in_the_loop(const TickClock& clock, double ns_per_op,
                                                       double reference);

/// Runs `times` turns of a loop around nothing: the control that a benchmark has to exceed.
void empty_loop(std::uint64_t times);

}  // namespace pulsebench::harness
