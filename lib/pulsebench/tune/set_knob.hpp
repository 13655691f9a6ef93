#pragma once

#include <string>
#include <vector>

#include "pulsebench/tune/journal.hpp"
#include "pulsebench/tune/knob.hpp"
#include "pulsebench/tune/sys_io.hpp"

namespace pulsebench::tune {

/// Sets one knob: journals its settings together, then writes and reads them back one by one.
/// `originals` are their contents before any knob was set, one per step; a setting whose original
/// is unknown is not changed.
[[nodiscard]] KnobReport set_knob(SysIo& io, Journal& journal, const Knob& knob,
                                  const std::vector<Result<std::string>>& originals);

/// State of a knob that is not set: absent, already as wanted, or not requested.
[[nodiscard]] KnobReport untouched(const SysIo& io, const Knob& knob);

}  // namespace pulsebench::tune
