#pragma once

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/harness/ticks.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Times and samples visits in turns. Samples are taken between the first and the last slice of a
/// sampled visit only; the timed visits give the cost, which the sampler's interrupts do not touch.
/// `Failed` where nothing can be sampled, or the file cannot be written.
[[nodiscard]] wire::Event take_profile(const wire::TakeProfile& ask, const Batch& batch,
                                       const TickClock& clock);

}  // namespace pulsebench::harness
