#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench baseline approve`: writes down that a regression is accepted, lists what is, or
/// takes it back. Returns the exit code.
[[nodiscard]] int baseline_approve(const Invocation& invocation,
                                   const BaselineApproveOptions& options, const Console& console);

}  // namespace pulsebench::app
