#pragma once

#include <cstdint>

#include "pulsebench/harness/ticks.hpp"

namespace pulsebench::harness {

/// ns for one step of the reference kernel, a dependent chain in registers (xorshift64*, Vigna
/// 2016): it moves with the clock frequency and with nothing else. Lower quartile of a few turns
/// of about 25 us.
[[nodiscard]] double reference_ns(const TickClock& clock);

/// Runs `times` turns of a loop around nothing: the control that a benchmark has to exceed.
void empty_loop(std::uint64_t times);

}  // namespace pulsebench::harness
