#pragma once

#include "console.hpp"
#include "options.hpp"

namespace pulsebench::app {

/// `pulsebench baseline save|list|show|rm`. Each returns the exit code.
[[nodiscard]] int baseline_save(const Invocation& invocation, const BaselineSaveOptions& options,
                                const Console& console);
[[nodiscard]] int baseline_list(const Invocation& invocation, const BaselineListOptions& options,
                                const Console& console);
[[nodiscard]] int baseline_show(const Invocation& invocation, const BaselineShowOptions& options,
                                const Console& console);
[[nodiscard]] int baseline_remove(const Invocation& invocation,
                                  const BaselineRemoveOptions& options, const Console& console);

}  // namespace pulsebench::app
