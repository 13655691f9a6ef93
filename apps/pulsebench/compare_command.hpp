#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench compare BASE NEW`. Returns the exit code.
[[nodiscard]] int compare_command(const Invocation& invocation, const CompareOptions& options,
                                  const Console& console);

}  // namespace pulsebench::app
