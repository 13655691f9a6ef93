#pragma once

#include <string>
#include <vector>

#include "pulsebench/tune/journal.hpp"
#include "pulsebench/tune/knob.hpp"
#include "pulsebench/tune/sys_io.hpp"

namespace pulsebench::tune {

/// Turns one knob: its settings go into the journal together, then are written one by one and read
/// back. `originals` are their contents before any knob was turned, one a step.
[[nodiscard]] KnobReport turn_knob(SysIo& io, Journal& journal, const Knob& knob,
                                   const std::vector<std::string>& originals);

/// What a knob is as long as nobody turns it: absent, already as wanted, or not asked.
[[nodiscard]] KnobReport untouched(const SysIo& io, const Knob& knob);

}  // namespace pulsebench::tune
