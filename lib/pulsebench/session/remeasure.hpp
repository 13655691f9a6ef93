#pragma once

#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/renaming.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/session/stored_comparison.hpp"

namespace pulsebench::session {

/// Measures the suspects of a stored comparison again, and gives them the verdict of
/// `docs/design/verdict.md` (iii); the family stays that of all judged. Where a side cannot be
/// measured (its binary is not kept, or was changed; another machine), the suspect stays one, and
/// `unconfirmed` says why. Returns the signal that interrupted it, or 0.
[[nodiscard]] Result<int> remeasure_suspects(compare::Comparison& comparison,
                                             const Compared& compared, const Renamed& renamed,
                                             const PairedRequest& request, const Session& session);

}  // namespace pulsebench::session
