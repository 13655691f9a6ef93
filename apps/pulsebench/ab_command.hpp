#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench ab OLD NEW`: measures both sides block by block until each benchmark is decided.
/// Returns the exit code.
[[nodiscard]] int ab_command(const Invocation& invocation, const AbOptions& options,
                             const Console& console);

}  // namespace pulsebench::app
