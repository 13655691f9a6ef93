#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench tune show|apply|restore`. Returns the exit code: 0, or 2 where the machine could not
/// be taken hold of, or not put back.
[[nodiscard]] int tune_command(const TuneOptions& options, const Console& console);

}  // namespace pulsebench::app
