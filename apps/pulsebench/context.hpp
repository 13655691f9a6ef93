#pragma once

#include "console.hpp"
#include "options.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::app {

/// The machine that is measured and tuned. The variable PULSEBENCH_MACHINE_ROOT names a folder that
/// stands for the one whose settings are tuned.
[[nodiscard]] session::Environment environment();

/// The project's session, whose notices and progress go to `console`, which outlives it.
[[nodiscard]] Result<session::Session> open_session(const CommonOptions& common,
                                                    const Console& console);

}  // namespace pulsebench::app
