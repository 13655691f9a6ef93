#pragma once

#include <optional>
#include <string>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// Measures the suspects of a stored comparison again, those it calls inconclusive, and gives them
/// the verdict of `docs/design/verdict.md` (iii); the family stays that of all judged. Where a side
/// cannot be measured (its binary is not kept, or was changed; another machine), the suspect stays
/// inconclusive, and `unconfirmed` says why and the way out. Of `request`, where and how long to
/// measure counts. Returns the signal that interrupted it, or 0. `bad_input` where the CPUs cannot
/// be had.
[[nodiscard]] Result<int> remeasure_suspects(compare::Comparison& comparison,
                                             const Compared& compared, const PairedRequest& request,
                                             const Session& session);

}  // namespace pulsebench::session
