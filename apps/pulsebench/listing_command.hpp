#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `run --list`. Returns the exit code.
[[nodiscard]] int list_benchmarks(const session::PreparedRun& prepared,
                                  const session::Workspace& workspace, const RunOptions& options,
                                  const Console& console);

/// `run --dry-run`. Returns the exit code.
[[nodiscard]] int show_plan(const session::PreparedRun& prepared,
                            const session::Workspace& workspace, const RunOptions& options,
                            const Console& console);

}  // namespace pulsebench::app
