#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench noise`: measures each benchmark against itself, and says what change this machine
/// resolves; with `--inject` how often a decision errs. Returns the exit code.
[[nodiscard]] int noise_command(const Invocation& invocation, const NoiseOptions& options,
                                const Console& console);

}  // namespace pulsebench::app
