#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench run`: measures, keeps the run, shows it. Returns the exit code.
[[nodiscard]] int run_command(const Invocation& invocation, RunOptions options,
                              const Console& console);

}  // namespace pulsebench::app
