#pragma once

#include "console.hpp"
#include "options.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "stored_comparison.hpp"
#include "workspace.hpp"

namespace pulsebench::app {

/// Measures the suspects of a stored comparison, those it calls inconclusive, against each other by
/// `docs/design/verdict.md` (iii), and gives them the verdict of that; the family stays that of all
/// judged. Where a side cannot be measured (its binary is not kept, or was changed; another
/// machine), the suspect stays inconclusive, and `unconfirmed` says why and the way out. The
/// machine is tuned meanwhile, and put back also when it is interrupted: then the signal is
/// returned, else 0. `bad_input` where `--cpus` cannot be had.
[[nodiscard]] Result<int> settle_live(compare::Comparison& comparison, const Compared& compared,
                                      const ConfirmOptions& options, const Workspace& workspace,
                                      const Console& console);

}  // namespace pulsebench::app
